using System.Text.Json;
using Microsoft.Extensions.AI;
using Splade.AI.ModelFiles;
using Splade.AI.Policy;
using Splade.AI.Search;

namespace Splade.AI.Tests.Engine;

public sealed class SparseModelIdentityTests(EngineFixture fixture) : IClassFixture<EngineFixture>
{
    private static readonly SparseModelIdentity Known = new()
    {
        ModelName = "splade-tiny",
        ModelHash = "b07786f26316b863cc95dd1192e19d52f32977a61c75c7418eb802cba3536297",
        Dimensions = 30522,
        VocabularyHash = "21d8b66c6eebd5a4691cdad64d34d46e13353a768792adfce2e3e5a6826bb8fe",
        Pooling = PoolingStrategy.Max,
        Activation = SpladeActivation.Relu,
    };

    private static readonly VocabularyPolicy Policy = new(
        new BanRule { Patterns = ["##*"], AppliesTo = EmbeddingInputType.Document }, new SynonymRule("car", "bus") { AppliesTo = EmbeddingInputType.Query });

    [Fact]
    public void Identity_OfSpladeTiny_IsTheCommittedOne() => Assert.Equal(Known, fixture.Engine.Identity);

    [Fact]
    public async Task Identity_UnderAPolicy_HasItsHashes()
    {
        await using SpladeEngine engine = await SpladeEngine.CreateAsync(new SpladeEngineOptions(EngineFixture.ModelFolder) { Policy = Policy });
        Assert.Equal(
            Known with
            {
                PolicyHash = Policy.Hash,
                DocumentPolicyHash = Policy.HashFor(EmbeddingInputType.Document),
                QueryPolicyHash = Policy.HashFor(EmbeddingInputType.Query),
            },
            engine.Identity);
        Assert.Same(engine.Identity, engine.Identity);
    }

    [Fact]
    public async Task Identity_PolicyWithoutRules_IsThatWithoutAPolicy()
    {
        var options = new SpladeEngineOptions(EngineFixture.ModelFolder) { Policy = new VocabularyPolicy() };
        await using SpladeEngine engine = await SpladeEngine.CreateAsync(options);
        Assert.Equal(Known, engine.Identity);
    }

    [Fact]
    public async Task Identity_OfAnInferenceFreeModel_SaysSo()
    {
        await using SpladeEngine engine = await SpladeEngine.CreateAsync(Path.Combine(Repository.TestData, "models", "inference-free-idf"));
        Assert.True(engine.Identity.InferenceFreeQueries);
        Assert.Equal((3000, SpladeActivation.Log1pRelu), (engine.Identity.Dimensions, engine.Identity.Activation));
        Assert.Contains("queries are looked up in a table instead of encoded by the model", engine.Identity.DifferencesFrom(Known));
    }

    [Fact]
    public void ToEmbeddingSpace_IndexOfAnotherModelOrPolicy_IsRefusedWithTheReason()
    {
        using var folder = new TemporaryFolder();
        SparseIndex.Open<int>(folder.Path, new SearchIndexOptions { EmbeddingSpace = Known.ToEmbeddingSpace() }).Dispose();
        SparseIndex.Open<int>(folder.Path, new SearchIndexOptions { EmbeddingSpace = (Known with { QueryPolicyHash = "q" }).ToEmbeddingSpace() }).Dispose();
        foreach ((SparseModelIdentity other, string reason) in new[]
        {
            (Known with { ModelName = "other", ModelHash = null }, "model is 'splade-tiny' in the folder, and 'other' now"),
            (Known with { ModelHash = "1" }, "model-hash is 'b07786f2"),
            (Known with { VocabularyHash = "0" }, "vocabulary is '21d8b66c"),
            (Known with { Pooling = PoolingStrategy.Sum }, "pooling is 'Max' in the folder, and 'Sum' now"),
            (Known with { DocumentPolicyHash = "p" }, "policy is not given in the folder, and 'p' now"),
        })
        {
            SearchStorageException refusal = Assert.Throws<SearchStorageException>(
                () => SparseIndex.Open<int>(folder.Path, new SearchIndexOptions { EmbeddingSpace = other.ToEmbeddingSpace() }));
            Assert.Contains(reason, refusal.Message, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void DifferencesFrom_Itself_AreNone() => Assert.Empty(Known.DifferencesFrom(Known with { }));

    [Fact]
    public void DifferencesFrom_EachProperty_SaysWhatDiffers()
    {
        // The hashes begin alike: they are shortened for people, and compared whole.
        SparseModelIdentity other = new()
        {
            ModelName = "other",
            Dimensions = 10,
            VocabularyHash = Known.VocabularyHash![..20] + "x",
            Pooling = PoolingStrategy.Sum,
            Activation = SpladeActivation.Log1pRelu,
            InferenceFreeQueries = true,
            DocumentPolicyHash = Policy.HashFor(EmbeddingInputType.Document),
            QueryPolicyHash = "abc",
        };
        Assert.Equal(
            [
                "the model is 'other' instead of 'splade-tiny'",
                "the dimensions are 10 instead of 30522",
                $"the vocabulary has the hash {Known.VocabularyHash![..12]} instead of {Known.VocabularyHash![..12]}",
                "the pooling is Sum instead of Max",
                "the activation is Log1pRelu instead of Relu",
                "queries are looked up in a table instead of encoded by the model",
                $"the vocabulary policy for documents is {Policy.HashFor(EmbeddingInputType.Document)![..12]} instead of none",
                "the vocabulary policy for queries is abc instead of none",
            ],
            other.DifferencesFrom(Known));
    }

    [Fact]
    public void DifferencesFrom_ModelsWithHashes_AreToldByThese()
    {
        Assert.Empty(Known.DifferencesFrom(Known with { ModelName = "a copy" }));
        string difference = Assert.Single(Known.DifferencesFrom(Known with { ModelHash = "0123456789abcdef" }));
        Assert.StartsWith($"the model is 'splade-tiny' ({Known.ModelHash![..12]}) instead of 'splade-tiny' (0123456789ab)", difference, StringComparison.Ordinal);

        // What was kept before there were hashes is told by the name.
        Assert.Empty((Known with { ModelHash = null }).DifferencesFrom(Known));
        Assert.Equal(["the model is 'splade-tiny' instead of 'other'"], Known.DifferencesFrom(Known with { ModelHash = null, ModelName = "other" }));
    }

    [Fact]
    public void ToEmbeddingSpace_FolderOfBeforeHashes_OpensByTheName()
    {
        using var folder = new TemporaryFolder();
        var before = new Dictionary<string, string>((Known with { ModelHash = null }).ToEmbeddingSpace());
        SparseIndex.Open<int>(folder.Path, new SearchIndexOptions { EmbeddingSpace = before }).Dispose();
        SparseIndex.Open<int>(folder.Path, new SearchIndexOptions { EmbeddingSpace = Known.ToEmbeddingSpace() }).Dispose();
        SparseModelIdentity other = Known with { ModelName = "other" };
        Assert.Throws<SearchStorageException>(() => SparseIndex.Open<int>(folder.Path, new SearchIndexOptions { EmbeddingSpace = other.ToEmbeddingSpace() }));
    }

    [Fact]
    public void ToEmbeddingSpace_ModelUnderAnotherName_OpensItsFolder()
    {
        using var folder = new TemporaryFolder();
        SparseIndex.Open<int>(folder.Path, new SearchIndexOptions { EmbeddingSpace = Known.ToEmbeddingSpace() }).Dispose();
        SparseIndex.Open<int>(folder.Path, new SearchIndexOptions { EmbeddingSpace = (Known with { ModelName = "a copy" }).ToEmbeddingSpace() }).Dispose();
        SparseModelIdentity trainedAgain = Known with { ModelHash = "0123456789abcdef" };
        var refusal = Assert.Throws<SearchStorageException>(
            () => SparseIndex.Open<int>(folder.Path, new SearchIndexOptions { EmbeddingSpace = trainedAgain.ToEmbeddingSpace() }));
        Assert.Contains("model-hash is", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void DifferencesFrom_PolicyForQueriesOnly_IsNoneForDocuments()
    {
        SparseModelIdentity other = Known with { PolicyHash = "a", QueryPolicyHash = "b" };
        Assert.Empty(other.DifferencesFrom(Known, EmbeddingInputType.Document));
        Assert.Single(other.DifferencesFrom(Known, EmbeddingInputType.Query));
        Assert.Single(other.DifferencesFrom(Known));
        Assert.Throws<ArgumentNullException>("other", () => Known.DifferencesFrom(null!));
    }

    [Fact]
    public void Json_RoundTrip_KeepsEverything()
    {
        SparseModelIdentity identity = Known with { PolicyHash = "a", DocumentPolicyHash = "b", QueryPolicyHash = "c", InferenceFreeQueries = true };
        string json = JsonSerializer.Serialize(identity, SpladeJsonUtilities.DefaultOptions);
        Assert.Equal(identity, JsonSerializer.Deserialize<SparseModelIdentity>(json, SpladeJsonUtilities.DefaultOptions));
        Assert.Equal("Max", JsonDocument.Parse(json).RootElement.GetProperty("pooling").GetString());
        Assert.Throws<JsonException>(() => JsonSerializer.Deserialize<SparseModelIdentity>("{}", SpladeJsonUtilities.DefaultOptions));
    }

    [Fact]
    public async Task GetService_OfAGenerator_GivesIdentityAndPolicy()
    {
        await using SpladeEngine engine = await SpladeEngine.CreateAsync(new SpladeEngineOptions(EngineFixture.ModelFolder) { Policy = Policy });
        using var sut = new SpladeEmbeddingGenerator(engine);
        using var plain = new SpladeEmbeddingGenerator(fixture.Engine);
        Assert.Same(engine.Identity, sut.GetService<SparseModelIdentity>());
        Assert.Same(Policy, sut.GetService<VocabularyPolicy>());
        Assert.Null(plain.GetService<VocabularyPolicy>());
    }
}
