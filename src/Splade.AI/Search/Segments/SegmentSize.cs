namespace Splade.AI.Search.Segments;

/// <summary>How large a segment is.</summary>
/// <param name="Rows">How many rows it has.</param>
/// <param name="Live">How many of them have not been taken out.</param>
/// <param name="Fill">Which share of what a segment can hold it takes: at most 1.</param>
internal readonly record struct SegmentSize(int Rows, int Live, double Fill);
