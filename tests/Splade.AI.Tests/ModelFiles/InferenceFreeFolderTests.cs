using Splade.AI.ModelFiles;

namespace Splade.AI.Tests.ModelFiles;

/// <summary>An inference-free model as FastEmbed publishes it: no modules.json, and idf.json beside the model.</summary>
public sealed class InferenceFreeFolderTests : IDisposable
{
    private static readonly SpladeEncodingOptions AsQuery = new() { InputType = EmbeddingInputType.Query };

    private readonly TemporaryModel _model = TemporaryModel.CopyOf(Folder("inference-free-bare"));

    // The same weights as those of the other inference-free model here.
    public InferenceFreeFolderTests() =>
        File.Copy(Path.Combine(Folder("inference-free-idf"), "document_0_Transformer", "onnx", "model.onnx"), _model.PathOf("model.onnx"));

    public void Dispose() => _model.Dispose();

    [Theory]
    [InlineData("idf.json")]
    [InlineData("query_token_weights.txt")]
    public async Task CreateAsync_WithoutActivation_AsksForIt(string file)
    {
        _model.Delete("idf.json");
        _model.Write(file, "{}");
        var error = await Assert.ThrowsAsync<SpladeModelException>(() => SpladeEngine.CreateAsync(_model.Folder));
        Assert.Contains($"The folder has {file} and no modules.json", error.Message, StringComparison.Ordinal);
        Assert.Contains("SpladeEngineOptions.Activation", error.Message, StringComparison.Ordinal);
        Assert.Equal(_model.Folder, error.Path);
    }

    [Fact]
    public async Task EncodeAsync_DocumentsAndQueries_EqualFastEmbed()
    {
        IReadOnlyList<ReferenceVector> expected = ReferenceVectors.Read("inference-free-bare.jsonl");
        Assert.Equal(86, expected.Count);
        await using SpladeEngine engine = await CreateAsync(SpladeActivation.Log1pRelu);
        IReadOnlyList<SpladeEncoding> documents = await engine.EncodeAsync(expected.Select(e => e.Text));
        Assert.All(expected.Zip(documents), pair => ReferenceVectors.AssertSame(pair.First, pair.Second.Vector));
        IReadOnlyList<SpladeEncoding> queries = await engine.EncodeAsync(expected.Select(e => e.Text), AsQuery);
        Assert.All(expected.Zip(queries), pair => ReferenceVectors.AssertSame(pair.First.AsQuery(), pair.Second.Vector));
    }

    [Fact]
    public async Task EncodeAsync_OtherActivation_TakesTheLogarithmOnce()
    {
        await using SpladeEngine twice = await CreateAsync(SpladeActivation.Log1pRelu), once = await CreateAsync(SpladeActivation.Relu);
        SparseVector deep = (await twice.EncodeAsync(["Hello, World!"]))[0].Vector, shallow = (await once.EncodeAsync(["Hello, World!"]))[0].Vector;
        Assert.NotEqual(0, deep.Count);
        Assert.Equal(deep.Indices, shallow.Indices);
        Assert.All(deep.Values.ToArray().Zip(shallow.Values.ToArray()), pair => Assert.Equal(float.Exp(pair.First) - 1, pair.Second, 1e-4));
    }

    [Fact]
    public async Task EncodeAsync_QueriesOnly_NeverOpenTheOnnxFile()
    {
        _model.Write("model.onnx", "never read");
        await using SpladeEngine engine = await CreateAsync(SpladeActivation.Relu);
        Assert.True(engine.Model.HasInferenceFreeQueries);
        Assert.NotEqual(0, (await engine.EncodeAsync(["hello"], AsQuery))[0].Vector.Count);
    }

    // FastEmbed passes over weights of tokens that the vocabulary lacks.
    [Fact]
    public async Task EncodeAsync_WeightOfNoToken_IsPassedOver()
    {
        string idf = File.ReadAllText(_model.PathOf("idf.json"));
        await using SpladeEngine before = await CreateAsync(SpladeActivation.Relu);
        _model.Write("idf.json", "{\"no such token\": 9," + idf.TrimStart()[1..]);
        await using SpladeEngine after = await CreateAsync(SpladeActivation.Relu);
        const string Text = "hello \u2603 world";
        Assert.Equal((await before.EncodeAsync([Text], AsQuery))[0].Vector, (await after.EncodeAsync([Text], AsQuery))[0].Vector);
    }

    [Fact]
    public void Read_ActivationThatTheFolderSays_MayBeSaidAgainAndNotOtherwise()
    {
        string folder = Folder("random-distilbert-cased");
        Assert.Equal(SpladeActivation.Log1pRelu, SpladeModel.Read(folder, activation: SpladeActivation.Log1pRelu).Activation);
        var error = Assert.Throws<SpladeModelException>(() => SpladeModel.Read(folder, activation: SpladeActivation.Relu));
        Assert.Contains("the folder says Log1pRelu", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Read_BareModelWithoutWeightsOfTokens_TakesTheActivationOfTheOptions()
    {
        _model.Delete("idf.json");
        Assert.Equal(SpladeActivation.Relu, SpladeModel.Read(_model.Folder).Activation);
        Assert.Equal(SpladeActivation.Log1pRelu, SpladeModel.Read(_model.Folder, activation: SpladeActivation.Log1pRelu).Activation);
    }

    private Task<SpladeEngine> CreateAsync(SpladeActivation activation) =>
        SpladeEngine.CreateAsync(new SpladeEngineOptions(_model.Folder) { Activation = activation });

    private static string Folder(string model) => Path.Combine(Repository.TestData, "models", model);
}
