using Microsoft.Extensions.AI;
using Splade.AI.Explanation;
using Splade.AI.Hybrid;
using Splade.AI.Tests.Bm42;
using Splade.AI.Tests.TestData;
using Splade.AI.Tests.TestDoubles;
using Splade.AI.Tools;

namespace Splade.AI.Tests;

/// <summary>Each kind of sparse encoder works wherever one is taken: in a store that lasts, in explanations, and as functions for agents.</summary>
public sealed class EveryEncoderTests(OpenedEncoders opened) : IClassFixture<OpenedEncoders>
{
    private const int Places = 3;

    private static readonly HybridRetrievalOptions Sparse = new() { Mode = SearchMode.Sparse, Top = 4 };

    /// <summary>Short texts, each with a word that every encoder knows.</summary>
    private static readonly HybridText[] Texts =
    [
        .. Bm42Reference.Read("bm42.jsonl")
            .Where(text => text.Query!.Count > 1 && text.Text.Length < 160)
            .Take(10)
            .Select((text, i) => new HybridText($"t{i}", text.Text)),
    ];

    public static TheoryData<string, bool> Encoders => new()
    {
        { "random-bert-sum", false },
        { "inference-free-idf", false },
        { OpenedEncoders.Bare, false },
        { "random-bge-m3", false },
        { "random-bm42", true },
        { OpenedEncoders.Bm25, true },
    };

    [Theory]
    [MemberData(nameof(Encoders))]
    public async Task Store_ClosedAndOpenedAgain_RanksAsExplanationsAndFunctionsSay(string name, bool requiresIdf)
    {
        IEmbeddingGenerator<string, SparseEmbedding> encoder = await opened.OpenAsync(name);
        Assert.Equal(requiresIdf, encoder.GetRequiredService<SparseModelIdentity>().RequiresIdf);
        using var folder = new TemporaryFolder();
        using (var written = await EmbeddedHybridStore.OpenAsync(folder.Path))
        {
            await Retriever(written).AddAsync(Texts);
        }

        using var store = await EmbeddedHybridStore.OpenAsync(folder.Path);
        string query = Texts[2].Text;
        HybridSearchResult found = await Retriever(store).SearchAsync(query, Sparse);

        var explainer = encoder.GetRequiredService<ISparseExplainer>();
        Func<int, double>? idf = requiresIdf ? await IdfAsync(store, found.SparseQuery!) : null;
        var scores = new List<(string Id, float Score)>();
        foreach (HybridText text in Texts)
        {
            scores.Add((text.Id, (await explainer.ExplainMatchAsync(query, text.Text, idf)).Score));
        }

        Assert.NotEmpty(found.Hits);
        Assert.Equal(scores.Where(s => s.Score > 0).OrderByDescending(s => s.Score).Take(4).Select(s => s.Id), found.Hits.Select(hit => hit.Record.Id));
        foreach (HybridHit hit in found.Hits)
        {
            MatchExplanation match = await explainer.ExplainMatchAsync(query, hit.Record.Text, idf);
            Assert.Equal(1, hit.Score / match.Score, 1e-4);
            Assert.Equal(match.Score, match.Terms.Sum(term => term.Contribution), 1e-3 * match.Score);
            MatchExplanation plain = await explainer.ExplainMatchAsync(query, hit.Record.Text);
            Assert.Equal(!requiresIdf, Math.Abs(plain.Score - match.Score) < 1e-3 * match.Score);
        }

        var tools = new SpladeAITools(encoder, new SpladeAIToolsOptions { Retriever = Retriever(store) });
        SearchResult told = await new ToolCaller(tools.Functions).SearchAsync(query, found.Hits.Count, "sparse");
        Assert.Equal(found.Hits.Select(hit => hit.Record.Id), told.Hits!.Select(hit => hit.Id));
        MatchExplanation best = await explainer.ExplainMatchAsync(query, found.Hits[0].Record.Text, idf);
        Assert.Equal(Math.Round(best.Terms[0].Contribution, Places), told.Hits![0].Reasons![0].Contribution, 2e-3);

        HybridRetriever Retriever(EmbeddedHybridStore of) => new(of, encoder, new DenseOfLengths());
    }

    [Theory]
    [MemberData(nameof(Encoders))]
    public async Task Functions_OverAnEncoder_TellItsVectorsAndScores(string name, bool requiresIdf)
    {
        IEmbeddingGenerator<string, SparseEmbedding> encoder = await opened.OpenAsync(name);
        var tools = new SpladeAITools(encoder);
        var sut = new ToolCaller(tools.Functions);
        (string query, string document) = (Texts[1].Text, Texts[1].Text + " " + Texts[3].Text);

        EncodeResult encoded = await sut.EncodeAsync(document);
        ExplainResult explained = await sut.ExplainAsync(query, document);
        CompareResult compared = await sut.CompareAsync(query, [Texts[3].Text, document]);

        SparseVector vector = (await encoder.GenerateAsync(document)).Vector;
        Assert.Equal(vector.Count, encoded.TotalTerms);
        Assert.Equal(Math.Round(vector.Values.ToArray().Max(), Places), encoded.Terms![0].Weight, 2e-3);
        SparseVector asked = (await encoder.GenerateAsync(
            query, new SpladeEmbeddingGenerationOptions { Encoding = { InputType = EmbeddingInputType.Query } })).Vector;
        Assert.Equal(asked.Dot(vector), explained.Score!.Value, 2e-3);
        Assert.Equal(explained.Score!.Value, compared.Ranking!.Single(text => text.Index == 1).Score, 2e-3);
        Assert.True(compared.Ranking![0].Score >= compared.Ranking[1].Score);
        Assert.Equal(!requiresIdf && name != "random-bge-m3", tools.Functions.Any(f => f.Name == "splade_expand"));
    }

    [Theory]
    [MemberData(nameof(Encoders))]
    public async Task ExplainMatchAsync_FrequencyForWeightsThatHaveIt_IsRefused(string name, bool requiresIdf)
    {
        var explainer = (await opened.OpenAsync(name)).GetRequiredService<ISparseExplainer>();
        Task Explain() => explainer.ExplainMatchAsync(Texts[1].Text, Texts[1].Text, _ => 2);
        if (requiresIdf)
        {
            await Explain();
        }
        else
        {
            await Assert.ThrowsAsync<ArgumentException>("idf", Explain);
        }
    }

    [Fact]
    public void Functions_OverAGeneratorThatExplainsNothing_AreRefused()
    {
        ArgumentException refusal = Assert.Throws<ArgumentException>("generator", () => new SpladeAITools(new WordGenerator()));
        Assert.Contains(nameof(ISparseExplainer), refusal.Message, StringComparison.Ordinal);
    }

    private static async Task<Func<int, double>> IdfAsync(EmbeddedHybridStore store, SparseVector query)
    {
        int[] positions = query.Indices.ToArray();
        Dictionary<int, float> idf = positions.Zip(await store.GetIdfAsync(HybridSchema.SparseName, positions)).ToDictionary(pair => pair.First, pair => pair.Second);
        return position => idf[position];
    }
}
