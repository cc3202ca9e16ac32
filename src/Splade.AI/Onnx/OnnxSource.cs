using Splade.AI.Onnx.Graph;

namespace Splade.AI.Onnx;

/// <summary>What a session is opened on: a file as it is, or what it was rewritten to in memory.</summary>
/// <param name="Path">The file. Its external data, if any, lies beside it.</param>
/// <param name="Rewritten">What runs instead of it; null for the file itself.</param>
internal sealed record OnnxSource(string Path, RewrittenModel? Rewritten = null)
{
    /// <summary>The files that a session reads, as far as they are known: of a file that is run as it is, not its external data.</summary>
    public IReadOnlyList<string> Files => Rewritten?.Files ?? [Path];
}
