using Splade.AI;

namespace Splade.Cli.Matching;

/// <summary>A line of a file, as a query ranks it.</summary>
internal sealed record RankedLine(long Number, string Text, SparseVector Vector, float Score);
