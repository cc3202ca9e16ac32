using System.Text.Json;
using Splade.AI.Hybrid;
using Splade.AI.Search;

namespace Splade.AI.Tests.Hybrid;

/// <summary>Schemas, models by name, and the folders that keep both.</summary>
public sealed class HybridSchemaTests : IDisposable
{
    private static readonly HybridSchema Named = new(
        VectorField.Sparse("splade", 4), VectorField.Sparse("bm25", int.MaxValue), VectorField.Dense("mini", 2, SimilarityFunction.Dot));

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Parse_WhatItWrote_IsTheSame()
    {
        Assert.Equal("splade:Sparse:4:Dot,bm25:Sparse:2147483647:Dot,mini:Dense:2:Dot", Named.ToString());
        Assert.Equal(Named.Vectors, HybridSchema.Parse(Named.ToString()).Vectors);
        Assert.Equal(HybridSchema.Default.Vectors, HybridSchema.Parse("sparse:Sparse:*:Dot,dense:Dense:*:Cosine").Vectors);
        Assert.Empty(Named.DifferencesFrom(HybridSchema.Parse("mini:Dense:*:Dot,bm25:Sparse:*:Dot,splade:Sparse:*:Dot")));
        Assert.Equal(
            ["the vector 'mini' (Dense, 2 dimensions, Dot) instead of none", "no vector instead of 'maxi' (Dense, any dimensions, Cosine)"],
            Named.DifferencesFrom(HybridSchema.Parse("splade:Sparse:4:Dot,bm25:Sparse:*:Dot,maxi:Dense:*:Cosine")));
    }

    [Theory]
    [InlineData("")]
    [InlineData("a")]
    [InlineData("a:Sparse:*")]
    [InlineData("a:Other:*:Dot")]
    [InlineData("a:Sparse:-1:Dot")]
    [InlineData("a:Sparse:99999999999:Dot")]
    [InlineData("a:Sparse:0:Dot")]
    [InlineData("a b:Sparse:9:Dot")]
    [InlineData("a:Sparse:9:Dot,a:Dense:9:Dot")]
    [InlineData("a:7:9:Dot")]
    [InlineData("a:Dense:9:77")]
    public void Parse_OtherText_IsRefused(string text) => Assert.Throws<FormatException>(() => HybridSchema.Parse(text));

    [Fact]
    public void Constructor_NamesThatAreNone_AreRefused()
    {
        Assert.Throws<ArgumentException>("vectors", () => new HybridSchema());
        Assert.Throws<ArgumentException>("vectors", () => new HybridSchema(VectorField.Sparse("a"), VectorField.Dense("a")));
        foreach (string name in new[] { "", "a b", "a.b", "ä", new string('a', 49), "a\"" })
        {
            Assert.Throws<ArgumentException>("name", () => VectorField.Sparse(name));
        }

        Assert.Throws<ArgumentOutOfRangeException>("dimensions", () => VectorField.Dense("a", 0));
        Assert.Throws<ArgumentOutOfRangeException>("similarity", () => VectorField.Dense("a", 1, SimilarityFunction.Euclidean));
    }

    [Fact]
    public void HybridModels_JsonOfBeforeThereWereNames_IsRead()
    {
        const string Before =
            """
            {"sparse":{"modelName":"splade-a","dimensions":4,"requiresIdf":false,"inferenceFreeQueries":false},"dense":"mini","denseHash":"ab","denseDimensions":2}
            """;
        HybridModels read = JsonSerializer.Deserialize<HybridModels>(Before, SpladeJsonUtilities.DefaultOptions)!;
        var expected = HybridModels.Of(
            new SparseModelIdentity { ModelName = "splade-a", Dimensions = 4 }, new DenseModelIdentity { ModelName = "mini", ModelHash = "ab", Dimensions = 2 });
        Assert.Equal(expected, read);
        string now = JsonSerializer.Serialize(read, SpladeJsonUtilities.DefaultOptions);
        Assert.Equal(expected, JsonSerializer.Deserialize<HybridModels>(now, SpladeJsonUtilities.DefaultOptions));
        Assert.Equal(HybridModels.None, JsonSerializer.Deserialize<HybridModels>("{}", SpladeJsonUtilities.DefaultOptions));
        Assert.Equal(
            HybridModels.Of(null, new DenseModelIdentity { Dimensions = 3 }),
            JsonSerializer.Deserialize<HybridModels>("""{"denseDimensions":3}""", SpladeJsonUtilities.DefaultOptions));
        Assert.Throws<JsonException>(() => JsonSerializer.Deserialize<HybridModels>("[]", SpladeJsonUtilities.DefaultOptions));
    }

    [Fact]
    public async Task OpenAsync_FolderOfTheNamesOfBefore_OpensByThemOnly()
    {
        using (EmbeddedHybridStore store = await EmbeddedHybridStore.OpenAsync(_folder.Path))
        {
            await store.UpsertAsync([new HybridRecord("a", "a", new SparseVector([1], [1], 4), new float[] { 1, 2 })]);
        }

        var other = new HybridSchema(VectorField.Sparse("splade"), VectorField.Dense("mini"));
        var error = await Assert.ThrowsAsync<SearchStorageException>(() => EmbeddedHybridStore.OpenAsync(_folder.Path, other));
        Assert.Contains("'sparse' and 'dense'", error.Message, StringComparison.Ordinal);
        using EmbeddedHybridStore sut = await EmbeddedHybridStore.OpenAsync(_folder.Path, HybridSchema.Default);
        Assert.Equal(1, await sut.CountAsync());
    }

    [Fact]
    public async Task OpenAsync_FolderOfNamedVectors_SaysThemToWhoOpensItByOthers()
    {
        (await EmbeddedHybridStore.OpenAsync(_folder.Path, Named)).Dispose();
        var error = await Assert.ThrowsAsync<SearchStorageException>(() => EmbeddedHybridStore.OpenAsync(_folder.Path));
        Assert.Contains($"'{Named}'", error.Message, StringComparison.Ordinal);
        (await EmbeddedHybridStore.OpenAsync(_folder.Path, HybridSchema.Parse(Named.ToString()))).Dispose();
    }

    [Fact]
    public async Task OpenAsync_ModelsOfTheSchema_AreTheOnlyOnes()
    {
        var schema = new HybridSchema(VectorField.Dense("mini", 2)) { Models = ModelsOf("mini") };
        using (EmbeddedHybridStore store = await EmbeddedHybridStore.OpenAsync(_folder.Path, schema))
        {
            await store.UpsertAsync([new HybridRecord("a", "a", new Dictionary<string, HybridVector> { ["mini"] = new float[] { 1, 2 } })], ModelsOf("mini"));
            await Assert.ThrowsAsync<ArgumentException>("models", () => store.UpsertAsync([], ModelsOf("maxi")).ContinueWith(_ => store.UpsertAsync(
                [new HybridRecord("b", "b", new Dictionary<string, HybridVector> { ["mini"] = new float[] { 1, 2 } })], ModelsOf("maxi"))).Unwrap());
        }

        await Assert.ThrowsAsync<SearchStorageException>(() => EmbeddedHybridStore.OpenAsync(_folder.Path, new HybridSchema(VectorField.Dense("mini", 2)) { Models = ModelsOf("maxi") }));
    }

    private static HybridModels ModelsOf(string name) => new()
    {
        Dense = new Dictionary<string, DenseModelIdentity> { ["mini"] = new() { ModelName = name } },
    };
}
