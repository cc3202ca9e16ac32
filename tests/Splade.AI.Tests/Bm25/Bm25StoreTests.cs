using Splade.AI.Explanation;
using Splade.AI.Hashing;
using Splade.AI.Hybrid;
using Splade.AI.Lexical;
using Splade.AI.Tests.TestDoubles;

namespace Splade.AI.Tests.Bm25;

/// <summary>BM25 in a store that lasts: it ranks by the whole formula, of which the generator has one factor and the store the other.</summary>
public sealed class Bm25StoreTests : IDisposable
{
    private static readonly Dictionary<string, string> Texts = new()
    {
        ["mars"] = "Mars is the red planet. Mars has two moons.",
        ["venus"] = "Venus is the hottest planet.",
        ["earth"] = "The Earth has one moon, and is the third planet.",
        ["bread"] = "Bread bakes in a hot oven.",
    };

    private static readonly HashSet<string> StopWords = ["is", "the", "has", "and", "in", "a", "of", "this", "under"];

    private readonly TemporaryFolder _folder = new();
    private readonly Bm25EmbeddingGenerator _bm25 = new();

    public void Dispose()
    {
        _bm25.Dispose();
        _folder.Dispose();
    }

    [Fact]
    public async Task Search_OfADurableStore_RanksByTheWholeFormulaThroughChangesAndRestarts()
    {
        var texts = new Dictionary<string, string>(Texts);
        using (var store = await EmbeddedHybridStore.OpenAsync(_folder.Path))
        {
            await Retriever(store).AddAsync(texts.Select(text => new HybridText(text.Key, text.Value)));
            await AssertRanksAsync(store, texts);
        }

        using (var store = await EmbeddedHybridStore.OpenAsync(_folder.Path))
        {
            await AssertRanksAsync(store, texts);
            await store.DeleteAsync(["venus"]);
            texts.Remove("venus");
            texts["bread"] = "Bread bakes under a red moon.";
            await Retriever(store).AddAsync([new HybridText("bread", texts["bread"])]);
            await AssertRanksAsync(store, texts);
        }

        using (var store = await EmbeddedHybridStore.OpenAsync(_folder.Path))
        {
            await AssertRanksAsync(store, texts);
        }
    }

    [Fact]
    public async Task Search_GeneratorOfOtherOptions_IsRefused()
    {
        using var store = EmbeddedHybridStore.CreateInMemory();
        await Retriever(store).AddAsync([new HybridText("a", "red")]);
        using var other = new Bm25EmbeddingGenerator(new Bm25Options { AverageLength = 10 });
        var sut = new HybridRetriever(store, other, new DenseOfLengths());
        ArgumentException refusal = await Assert.ThrowsAsync<ArgumentException>(() => sut.SearchAsync("red", Sparse));
        Assert.Contains("other models", refusal.Message, StringComparison.Ordinal);
    }

    private static HybridRetrievalOptions Sparse => new() { Mode = SearchMode.Sparse };

    private HybridRetriever Retriever(EmbeddedHybridStore store) => new(store, _bm25, new DenseOfLengths());

    private async Task AssertRanksAsync(EmbeddedHybridStore store, Dictionary<string, string> texts)
    {
        foreach (string query in new[] { "moons of the red planet", "hot bread", "planet", "nothing of this" })
        {
            IReadOnlyList<HybridHit> hits = (await Retriever(store).SearchAsync(query, Sparse)).Hits;
            (string Id, double Score)[] expected =
                [.. texts.Select(text => (text.Key, Score(query, text.Value, texts.Values))).Where(s => s.Item2 > 0).OrderByDescending(s => s.Item2)];
            Assert.Equal(expected.Select(e => e.Score), hits.Select(hit => (double)hit.Score), (a, b) => Math.Abs(a - b) < 1e-5);
            foreach (HybridHit hit in hits)
            {
                Assert.Equal(Score(query, hit.Record.Text!, texts.Values), hit.Score, 1e-5);
                IReadOnlyDictionary<int, float> idf = await IdfAsync(store, query);
                MatchExplanation match = _bm25.ExplainMatch(query, hit.Record.Text!, dimension => idf[dimension]);
                Assert.Equal(hit.Score, match.Score, 1e-5);
            }
        }
    }

    private static async Task<IReadOnlyDictionary<int, float>> IdfAsync(EmbeddedHybridStore store, string query)
    {
        int[] dimensions = [.. Words(query).Distinct().Select(word => HashedTerms.DimensionOf(word))];
        return dimensions.Zip(await store.GetIdfAsync(HybridSchema.SparseName, dimensions)).ToDictionary(pair => pair.First, pair => pair.Second);
    }

    // Robertson's formula with the lengths of these texts, term by term.
    private static double Score(string query, string text, Dictionary<string, string>.ValueCollection all)
    {
        string[] words = [.. Words(text)];
        return Words(query).Distinct().Sum(word =>
        {
            int frequency = words.Count(w => w == word);
            int holders = all.Count(t => Words(t).Contains(word));
            double idf = Math.Log(1 + ((all.Count - holders + .5) / (holders + .5)));
            return idf * frequency * 2.2 / (frequency + (1.2 * (1 - .75 + (.75 * words.Length / 256))));
        });
    }

    private static IEnumerable<string> Words(string text) => text.ToLowerInvariant()
        .Split(' ', '.', ',')
        .Where(word => word.Length > 0 && !StopWords.Contains(word))
        .Select(WordStemmer.English.Stem);
}
