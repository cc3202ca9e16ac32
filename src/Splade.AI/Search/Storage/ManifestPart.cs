namespace Splade.AI.Search.Storage;

/// <summary>A segment of an index.</summary>
/// <param name="File">The name of its file.</param>
/// <param name="Checksum">The checksum of its first page, which has those of all others: no other segment is it.</param>
/// <param name="Removed">The rows that are not there any longer, as bits of little-endian words; empty for none.</param>
internal sealed record ManifestPart(string File, uint Checksum, byte[] Removed);
