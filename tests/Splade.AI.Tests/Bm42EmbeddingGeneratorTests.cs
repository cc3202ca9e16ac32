using Microsoft.Extensions.AI;
using Microsoft.Extensions.DependencyInjection;
using Splade.AI.Explanation;
using Splade.AI.Tests.Bm42;

namespace Splade.AI.Tests;

/// <summary>What BM42 owes as an embedding generator.</summary>
public sealed class Bm42EmbeddingGeneratorTests(Bm42Fixture fixture) : IClassFixture<Bm42Fixture>
{
    private const string Text = "The quick brown fox jumps over the lazy dog. Foxes jumped.";

    private readonly Bm42EmbeddingGenerator _sut = fixture.Generator;

    [Fact]
    public void GetService_PartsOfTheGenerator_AreGivenOut()
    {
        var metadata = _sut.GetRequiredService<EmbeddingGeneratorMetadata>();
        Assert.Equal(("splade.ai", "random-bm42", int.MaxValue), (metadata.ProviderName, metadata.DefaultModelId, metadata.DefaultModelDimensions));
        var identity = _sut.GetRequiredService<SparseModelIdentity>();
        Assert.Equal((true, 64, null), (identity.RequiresIdf, identity.ModelHash!.Length, identity.VocabularyHash));
        Assert.Equal(96, _sut.MaxTokens);
        Assert.NotEqual(_sut.CacheKeyAdditionalValues, _sut.AsQueryGenerator().CacheKeyAdditionalValues);
    }

    [Fact]
    public async Task GenerateAsync_Queries_ShareDimensionsWithBm25()
    {
        using var bm25 = new Bm25EmbeddingGenerator(inputType: EmbeddingInputType.Query);
        Assert.Equal((await bm25.GenerateAsync("quick fox")).Vector, (await _sut.AsQueryGenerator().GenerateAsync("quick fox")).Vector);
    }

    [Fact]
    public async Task ExplainAsync_RepeatedStem_TellsTheOccurrenceThatWon()
    {
        TextExplanation explanation = await _sut.ExplainAsync(Text, new ExplanationOptions { RunnersUp = 1 });
        Assert.Equal((await _sut.GenerateAsync(Text)).Vector, explanation.Vector);
        ExplainedTerm fox = Assert.Single(explanation.Terms, t => t.Token == "fox");
        Assert.Equal(["fox", "Foxes"], fox.Occurrences.Select(o => Text[o.Start..o.End]));
        Assert.Equal(fox.Weight, fox.Source!.Value.Activation);
        Assert.True(Assert.Single(fox.RunnersUp).Activation <= fox.Weight);
        Assert.Equal(explanation.Mass, explanation.Words.Sum(w => w.Produced!.Value), 5);
        ExplainedWord the = explanation.Words[0];
        Assert.Equal(("The", 0d), (the.Text, the.Weight));
        Assert.Equal(1, explanation.LiteralShare);
    }

    [Fact]
    public async Task ExplainMatchAsync_Idf_MultipliesTheQuery()
    {
        MatchExplanation explanation = await _sut.ExplainMatchAsync("fox dog", Text, _ => 2);
        SparseVector document = (await _sut.GenerateAsync(Text)).Vector, query = (await _sut.AsQueryGenerator().GenerateAsync("fox dog")).Vector;
        Assert.Equal(2 * query.Dot(document), explanation.Score, 1e-5f);
        Assert.Equal(["dog", "fox"], explanation.Terms.Select(t => t.Query.Token).Order(StringComparer.Ordinal));
        await Assert.ThrowsAsync<ArgumentException>(() => _sut.ExplainMatchAsync("fox", Text, _ => -1));
    }

    [Fact]
    public async Task GenerateAsync_LongQuery_IsRefusedWhereAskedFor()
    {
        var options = new SpladeEmbeddingGenerationOptions
        {
            Encoding = { LongTextHandling = LongTextHandling.Throw, MaxTokens = 5, InputType = EmbeddingInputType.Query },
        };
        var error = await Assert.ThrowsAsync<TextTooLongException>(() => _sut.GenerateAsync(["fox", Text], options));
        Assert.Contains("1", error.Message, StringComparison.Ordinal);
        options.Encoding.LongTextHandling = LongTextHandling.Truncate;
        Assert.True((await _sut.GenerateAsync([Text], options))[0].Truncated);
    }

    [Fact]
    public async Task CreateAsync_FolderOfAnotherModel_SaysWhatWasFound()
    {
        using TemporaryModel model = TemporaryModel.CopyOf(Bm42Reference.Folder);
        model.Delete("stopwords.txt");
        Assert.Contains("stopwords.txt is missing", await ErrorOfAsync(model.Folder), StringComparison.Ordinal);
        string bare = Path.Combine(Repository.TestData, "models", "random-minicoil");
        Assert.Contains("'last_hidden_state' of rank 3", await ErrorOfAsync(bare), StringComparison.Ordinal);
        Assert.Contains("fill-mask", await ErrorOfAsync(EngineFixture.ModelFolder), StringComparison.Ordinal);

        static async Task<string> ErrorOfAsync(string folder) =>
            (await Assert.ThrowsAsync<SpladeModelException>(() => Bm42EmbeddingGenerator.CreateAsync(folder))).Message;
    }

    [Fact]
    public async Task AddBm42EmbeddingGenerator_Built_EncodesAndIsDisposed()
    {
        var services = new ServiceCollection();
        services.AddBm42EmbeddingGenerator(Bm42Reference.Folder, options => options.Alpha = 1, (generator, _) => generator.AsQueryGenerator());
        services.AddKeyedBm42EmbeddingGenerator("other", Bm42Reference.Folder);
        await using ServiceProvider provider = services.BuildServiceProvider(validateScopes: true);
        var queries = provider.GetRequiredService<IEmbeddingGenerator<string, SparseEmbedding>>();
        SparseVector query = (await queries.GenerateAsync("fox")).Vector;
        Assert.Equal([1f], query.Values.ToArray());
        var documents = provider.GetRequiredKeyedService<IEmbeddingGenerator<string, SparseEmbedding>>("other");
        SparseVector document = (await documents.GenerateAsync("fox")).Vector;
        Assert.NotEqual([1f], document.Values.ToArray());
    }
}
