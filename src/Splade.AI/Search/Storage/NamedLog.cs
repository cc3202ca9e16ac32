namespace Splade.AI.Search.Storage;

/// <summary>What a manifest says of its log.</summary>
/// <param name="File">The name of the file.</param>
/// <param name="Id">A number that no other log has, of whatever folder and time.</param>
/// <param name="Length">How many bytes it has at least: so many were on the disk, and what else the manifest says depends on them.</param>
/// <param name="Checksum">The CRC-32C of these bytes.</param>
/// <param name="IsClosed">Whether that is all of it.</param>
internal sealed record NamedLog(string File, Guid Id, long Length, uint Checksum, bool IsClosed);
