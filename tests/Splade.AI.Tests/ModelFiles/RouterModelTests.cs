using System.Globalization;
using Splade.AI.ModelFiles;
using Splade.AI.Tokenization;

namespace Splade.AI.Tests.ModelFiles;

/// <summary>Models whose queries and documents go different ways, in each form that they are published in.</summary>
public sealed class RouterModelTests : IDisposable
{
    private const string Router = "router_config.json";
    private const string Weights = "query_0_SparseStaticEmbedding/model.safetensors";

    private readonly TemporaryModel _model = TemporaryModel.CopyOf(Path.Combine(Repository.TestData, "models", "inference-free-idf"));

    public void Dispose() => _model.Dispose();

    [Fact]
    public void Read_Router_FindsBothRoutes()
    {
        SpladeModel model = SpladeModel.Read(_model.Folder);
        Assert.True(model.HasInferenceFreeQueries);
        Assert.Equal((PoolingStrategy.Max, SpladeActivation.Log1pRelu, 128), (model.Pooling, model.Activation, model.MaxTokens));
        Assert.Equal(
            ["document_0_Transformer/onnx/model.onnx", "document_0_Transformer/tokenizer.json", "query_0_SparseStaticEmbedding/model.safetensors", "query_0_SparseStaticEmbedding/tokenizer.json"],
            model.ComputeFileHashes().Keys);
    }

    [Fact]
    public void Read_OlderNames_AreUnderstood()
    {
        _model.Write("config.json", File.ReadAllText(_model.PathOf(Router)).Replace("sparse_encoder.modules.sparse_static_embedding.SparseStaticEmbedding", "models.IDF", StringComparison.Ordinal));
        _model.Delete(Router);
        _model.Write("modules.json", """[{"path": "", "type": "sentence_transformers.models.Asym"}]""");
        Assert.True(SpladeModel.Read(_model.Folder).HasInferenceFreeQueries);
    }

    [Fact]
    public async Task CreateAsync_DocumentModelInTheRoot_IsFound()
    {
        // As the OpenSearch models are published: the router's document route begins with the module "".
        foreach (string file in Directory.GetFiles(_model.PathOf("document_0_Transformer"), "*", SearchOption.AllDirectories))
        {
            string target = Path.Combine(_model.Folder, Path.GetRelativePath(_model.PathOf("document_0_Transformer"), file));
            Directory.CreateDirectory(Path.GetDirectoryName(target)!);
            File.Move(file, target);
        }

        _model.Write(Router, """
            {"types": {"query_0_SparseStaticEmbedding": "x.SparseStaticEmbedding", "": "x.Transformer", "document_1_SpladePooling": "x.SpladePooling"},
             "structure": {"query": ["query_0_SparseStaticEmbedding"], "document": ["", "document_1_SpladePooling"]}}
            """);
        await using SpladeEngine engine = await SpladeEngine.CreateAsync(_model.Folder);
        ReferenceVector expected = ReferenceVectors.Read("inference-free-idf.jsonl")[5];
        ReferenceVectors.AssertSame(expected, (await engine.EncodeAsync([expected.Text]))[0].Vector);
    }

    [Theory]
    [InlineData("idf.json")]
    [InlineData("query_token_weights.txt")]
    public async Task CreateAsync_WeightsByToken_GiveTheSameQueries(string file)
    {
        var asQuery = new SpladeEncodingOptions { InputType = EmbeddingInputType.Query };
        SparseVector expected;
        await using (SpladeEngine engine = await SpladeEngine.CreateAsync(_model.Folder))
        {
            expected = (await engine.EncodeAsync(["the Red Planet, the planet Mars"], asQuery))[0].Vector;
        }

        WriteByToken(file);
        await using SpladeEngine again = await SpladeEngine.CreateAsync(_model.Folder);
        Assert.NotEqual(0, expected.Count);
        Assert.Equal(expected, (await again.EncodeAsync(["the Red Planet, the planet Mars"], asQuery))[0].Vector);
    }

    [Theory]
    [InlineData(Router, "{}", "no 'types'")]
    [InlineData(Router, """{"types": {}}""", "no 'structure'")]
    [InlineData(Router, """{"types": {}, "structure": {"query": []}}""", "no route 'document'")]
    [InlineData(Router, """{"types": {}, "structure": {"query": ["a"], "document": []}}""", "'a' without a type")]
    [InlineData(Router, """{"types": {"../x": "y.Z"}, "structure": {"query": ["../x"], "document": []}}""", "leads out of the model's folder")]
    public void Read_WrongRouter_IsRefused(string file, string content, string reason)
    {
        _model.Write(file, content);
        var error = Assert.Throws<SpladeModelException>(() => SpladeModel.Read(_model.Folder));
        Assert.Contains(reason, error.Message, StringComparison.Ordinal);
        Assert.Equal(_model.PathOf(file), error.Path);
    }

    [Fact]
    public void Read_QueriesByAnotherModel_AreRefused()
    {
        _model.Write(Router, """
            {"types": {"q": "x.Transformer", "q1": "x.SpladePooling", "document_0_Transformer": "x.Transformer", "document_1_SpladePooling": "x.SpladePooling"},
             "structure": {"query": ["q", "q1"], "document": ["document_0_Transformer", "document_1_SpladePooling"]}}
            """);
        Assert.Contains("or the same modules for both", Assert.Throws<SpladeModelException>(() => SpladeModel.Read(_model.Folder)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Read_NoWeights_NamesWhereTheyBelong()
    {
        _model.Delete(Weights);
        Assert.Contains("idf.json", Assert.Throws<SpladeModelException>(() => SpladeModel.Read(_model.Folder)).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("idf.json", """["no", "object"]""", "Found a list, expected an object")]
    [InlineData("idf.json", """{"the": "1"}""", "a weight for each token")]
    [InlineData("query_token_weights.txt", "the\t1.5\n\nred 2", "Line 2 is not a token, a tab and a weight")]
    [InlineData("query_token_weights.txt", "the 1.5", "Line 1 is not a token, a tab and a weight")]
    public async Task CreateAsync_WrongWeights_AreRefused(string file, string content, string reason)
    {
        _model.Delete(Weights);
        _model.Write(file, content);
        await AssertRefusedAsync(_model.PathOf(file), reason);
    }

    // Sentence Transformers asks the tokenizer for the id of each token, and that gives the unknown one's for what it does not know.
    [Fact]
    public async Task EncodeAsync_WeightOfNoToken_IsThatOfTheUnknownToken()
    {
        _model.Delete(Weights);
        _model.Write("idf.json", """{"[UNK]": 1, "no such token": 2.5}""");
        await using SpladeEngine engine = await SpladeEngine.CreateAsync(_model.Folder);
        SparseVector query = (await engine.EncodeAsync(["\u2603"], new SpladeEncodingOptions { InputType = EmbeddingInputType.Query }))[0].Vector;
        Assert.Equal([2.5f], query.Values.ToArray());
        Assert.Equal("[UNK]", engine.Vocabulary[query.Indices[0]]);
    }

    [Fact]
    public async Task CreateAsync_WeightOfNoTokenWhereNoneIsUnknown_IsRefused()
    {
        _model.Delete(Weights);
        _model.Write("idf.json", """{"no such token": 2.5}""");
        _model.Write("query_0_SparseStaticEmbedding/tokenizer_config.json", "{}");
        await AssertRefusedAsync(_model.PathOf("idf.json"), "names no unk_token");
    }

    [Fact]
    public async Task CreateAsync_BlankLineBehindTheWeights_IsPassedOver()
    {
        WriteByToken("query_token_weights.txt");
        File.AppendAllText(_model.PathOf("query_token_weights.txt"), "\n\n");
        await using SpladeEngine engine = await SpladeEngine.CreateAsync(_model.Folder);
        Assert.True(engine.Model.HasInferenceFreeQueries);
    }

    [Fact]
    public async Task CreateAsync_WeightThatIsNoNumber_IsRefused()
    {
        byte[] bytes = await File.ReadAllBytesAsync(_model.PathOf(Weights));
        bytes.AsSpan(^4).Fill(0xFF);
        await File.WriteAllBytesAsync(_model.PathOf(Weights), bytes);
        await AssertRefusedAsync(_model.PathOf(Weights), "The weight of token 2999 is NaN");
    }

    [Fact]
    public async Task CreateAsync_QueriesOfAnotherVocabulary_AreRefused()
    {
        string tokenizer = _model.PathOf("query_0_SparseStaticEmbedding/tokenizer.json");
        File.Copy(Path.Combine(EngineFixture.ModelFolder, "tokenizer.json"), tokenizer, overwrite: true);
        await AssertRefusedAsync(tokenizer, "Queries have a vocabulary of 30522 tokens, documents one of 3000");
    }

    [Theory]
    [InlineData(4, "not a whole safetensors file")]
    [InlineData(2000, "not a whole safetensors file")]
    public async Task CreateAsync_TornSafetensors_IsRefused(int length, string reason)
    {
        using (FileStream file = File.OpenWrite(_model.PathOf(Weights)))
        {
            file.SetLength(length);
        }

        await AssertRefusedAsync(_model.PathOf(Weights), reason);
    }

    [Theory]
    [InlineData("""{"weight":{"dtype":"F16","shape":[8],"data_offsets":[0,16]}}""", "is F16 of shape [8]")]
    [InlineData("""{"weight":{"dtype":"F32","shape":[2,2],"data_offsets":[0,16]}}""", "of shape [2, 2]")]
    [InlineData("""{"weight":{"dtype":"F32","shape":[4],"data_offsets":[0,16]}}""", "has 4 weights, expected 3000")]
    [InlineData("""{"weight":{"dtype":"F32","shape":[4],"data_offsets":[0,12]}}""", "not a whole safetensors file")]
    [InlineData("""{"other":{"dtype":"F32","shape":[4],"data_offsets":[0,16]}}""", "has no tensor 'weight', only [other]")]
    public async Task CreateAsync_OtherSafetensors_AreRefused(string header, string reason)
    {
        await File.WriteAllBytesAsync(_model.PathOf(Weights), [.. SafetensorsBytes.Of(header), .. new byte[16]]);
        await AssertRefusedAsync(_model.PathOf(Weights), reason);
    }

    private async Task AssertRefusedAsync(string path, string reason)
    {
        var error = await Assert.ThrowsAsync<SpladeModelException>(() => SpladeEngine.CreateAsync(_model.Folder));
        Assert.Contains(reason, error.Message, StringComparison.Ordinal);
        Assert.Equal(path, error.Path);
    }

    private void WriteByToken(string file)
    {
        Tokenizer tokenizer = Tokenizer.Load(_model.PathOf("query_0_SparseStaticEmbedding/tokenizer.json"));
        float[] weights = StaticQueryWeights.Read(SpladeModel.Read(_model.Folder).StaticQuery!, tokenizer.Vocabulary);
        var pairs = tokenizer.Vocabulary.Select((token, id) => (Token: token, Weight: weights[id].ToString("R", CultureInfo.InvariantCulture)));
        string content = file.EndsWith(".json", StringComparison.Ordinal)
            ? $"{{{string.Join(",", pairs.Select(p => $"{System.Text.Json.JsonSerializer.Serialize(p.Token)}:{p.Weight}"))}}}"
            : string.Join('\n', pairs.Select(p => $"{p.Token}\t{p.Weight}"));
        _model.Delete(Weights);
        _model.Write(file, content);
    }
}
