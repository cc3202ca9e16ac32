namespace Splade.AI.ModelFiles.Hub;

/// <summary>Describes how far the download of one file has come. Reported at its start, after each block of data, and when it is complete.</summary>
/// <param name="File">The file's path inside the model's repository, with <c>/</c> between its parts.</param>
/// <param name="BytesDone">How many bytes are on the disk, those of an earlier and interrupted download included.</param>
/// <param name="BytesTotal">How many bytes the file has.</param>
public readonly record struct HubProgress(string File, long BytesDone, long BytesTotal);
