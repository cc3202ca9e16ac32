using Splade.AI.VectorFormats;

namespace Splade.Cli.Commands;

/// <summary>The format that vectors are written in, and its options.</summary>
internal sealed record FormatSettings(SparseVectorFormat Format, SparseVectorFormatOptions Options);
