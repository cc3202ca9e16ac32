namespace Splade.AI.Ingest;

/// <summary>What a document is known by.</summary>
/// <param name="Id">A hash of its id. Two that share one are told apart by their contents, and are only looked up once more.</param>
/// <param name="Content">A hash of all that its records are made of.</param>
internal readonly record struct DocumentHash(ulong Id, UInt128 Content);
