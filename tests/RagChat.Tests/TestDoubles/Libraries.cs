using RagChat.Answering;
using RagChat.Documents;
using Splade.AI.Hybrid;

namespace RagChat.Tests.TestDoubles;

/// <summary>A small library on test generators: three articles about a coffee machine.</summary>
internal static class Libraries
{
    public static readonly string[] Vocabulary = ["refund", "days", "take", "tank", "water", "rinse", "noise"];

    public static readonly Article[] Articles =
    [
        Article.OfMarkdown("refunds", "# Refunds\n\n## Timing\n\nA refund will take 5 days.\n\n## Exceptions\n\nOpened bags stay with you.\n"),
        Article.OfMarkdown("cleaning", "# Cleaning\n\n## Tank\n\nRinse the tank with water.\n"),
        Article.OfPlainText("noise", "A noise is normal."),
    ];

    public static Task<PassageLibrary> CreateAsync() => BuildAsync(new TestDenseGenerator());

    public static Task<PassageLibrary> BuildAsync(
        TestDenseGenerator dense,
        IEnumerable<Article>? articles = null,
        IProgress<HybridAddResult>? progress = null,
        IHybridStore? store = null,
        CancellationToken cancellationToken = default)
    {
        store ??= EmbeddedHybridStore.CreateInMemory();
        var retriever = new HybridRetriever(store, new TestSparseGenerator(Vocabulary), dense);
        var splitter = new PassageSplitter(100, t => t.Split(' ').Length);
        return PassageLibrary.BuildAsync(articles ?? Articles, splitter, store, retriever, progress, cancellationToken);
    }
}
