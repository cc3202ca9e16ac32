using Splade.AI.Hybrid;

namespace Splade.AI.Ingest;

/// <summary>Passages that go through the stages together, each with the document that it is of.</summary>
/// <param name="Items">The passages; one of a document without passages is null.</param>
internal sealed record IngestWindow(IReadOnlyList<(IngestJob Job, HybridText? Text)> Items)
{
    /// <summary>The texts, once they are encoded.</summary>
    public PreparedTexts? Prepared { get; init; }

    public HybridText[] Texts => [.. Items.Select(item => item.Text).OfType<HybridText>()];
}
