using Splade.AI.Hybrid;

namespace Splade.AI.Ingest;

/// <summary>Passages that go through the stages together, each with the document that it is of.</summary>
/// <param name="Items">The passages; one of a document without passages is null.</param>
internal sealed record IngestBatch(IReadOnlyList<(IngestJob Job, HybridText? Text)> Items)
{
    /// <summary>The texts, once they are encoded.</summary>
    public PreparedTexts? Prepared { get; init; }

    /// <summary>The ids after the last passages of the documents that end in it.</summary>
    public IEnumerable<string> Nexts => Items.Where(item => item.Text is not null && ReferenceEquals(item.Text, item.Job.Passages[^1])).Select(item => item.Job.Next);

    public HybridText[] Texts => [.. Items.Select(item => item.Text).OfType<HybridText>()];
}
