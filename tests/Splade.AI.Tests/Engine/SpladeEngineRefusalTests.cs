using Splade.AI.Onnx;
using Splade.AI.OnnxGraph;
using Splade.AI.Tokenization;
using static System.Text.Encoding;

namespace Splade.AI.Tests.Engine;

/// <summary>A wrong model folder is refused with what was found, what was expected, and the path.</summary>
public sealed class SpladeEngineRefusalTests
{
    private const string Pooling = "1_SpladePooling/config.json";

    [Fact]
    public Task CreateAsync_NoSuchFolder_IsRefused() =>
        AssertRefusedAsync(Path.Combine(Path.GetTempPath(), "no-such-model"), "no-such-model", "There is no such folder");

    [Theory]
    [InlineData("config.json")]
    [InlineData("tokenizer.json")]
    [InlineData(Pooling)]
    public async Task CreateAsync_MissingFile_IsNamed(string file)
    {
        using TemporaryModel model = TemporaryModel.CopyOfSpladeTiny();
        model.Delete(file);
        await AssertRefusedAsync(model.Folder, model.PathOf(file), "The file is missing");
    }

    [Fact]
    public async Task CreateAsync_MissingOnnxFile_SaysWhereItBelongs()
    {
        using TemporaryModel model = TemporaryModel.CopyOfSpladeTiny();
        model.Delete("onnx/model.onnx");
        await AssertRefusedAsync(model.Folder, model.Folder, "onnx/model.onnx");
    }

    [Theory]
    [InlineData("modules.json", "{ not json", "cannot be read as JSON")]
    [InlineData("modules.json", "[]", "The list is empty")]
    [InlineData("modules.json", """{"idx": 0}""", "Found an object, expected a list")]
    [InlineData("modules.json", """[{"path": ""}]""", "has no 'type'")]
    [InlineData("modules.json", """[{"path": "", "type": "x.Transformer"}]""", "Expected [Transformer, SpladePooling]")]
    [InlineData("modules.json", """[{"path": "", "type": "x.Transformer"}, {"path": "1_Pooling", "type": "x.Pooling"}]""", "[Transformer, Pooling]")]
    [InlineData("modules.json", """[{"path": "../other", "type": "x.Transformer"}, {"path": "1_SpladePooling", "type": "x.SpladePooling"}]""", "leads out of the model's folder")]
    [InlineData("modules.json", """[{"path": "", "type": "x.Transformer"}, {"path": "1", "type": "x.SparseAutoEncoder"}]""", "no vocabulary to search by")]
    [InlineData(Pooling, """{"pooling_strategy": "mean"}""", "'pooling_strategy' is 'mean'")]
    [InlineData(Pooling, """{"pooling_strategy": "max", "activation_function": "gelu"}""", "'activation_function' is 'gelu'")]
    [InlineData("config.json", "", "cannot be read as JSON")]
    [InlineData("tokenizer.json", "{}", "tokenizer.json")]
    public async Task CreateAsync_WrongFile_IsRefused(string file, string content, string reason)
    {
        using TemporaryModel model = TemporaryModel.CopyOfSpladeTiny();
        model.Write(file, content);
        await AssertRefusedAsync(model.Folder, model.PathOf(file), reason);
    }

    [Fact]
    public async Task CreateAsync_NoTokenLimitAnywhere_IsRefused()
    {
        using TemporaryModel model = TemporaryModel.CopyOfSpladeTiny();
        model.Write("config.json", "{}");
        model.Write("tokenizer_config.json", """{"model_max_length": 1000000000000000019884624838656}""");
        await AssertRefusedAsync(model.Folder, model.Folder, "how many tokens");
    }

    [Theory]
    [InlineData("")]
    [InlineData("not an ONNX file, but long enough to be read as one for a while")]
    public async Task CreateAsync_CorruptOnnxFile_IsRefused(string content)
    {
        using TemporaryModel model = TemporaryModel.CopyOfSpladeTiny();
        model.Write("onnx/model.onnx", content);
        await AssertRefusedAsync(model.Folder, model.PathOf("onnx/model.onnx"), "ONNX Runtime cannot load the file");
    }

    [Fact]
    public async Task CreateAsync_TornOnnxFile_IsRefused()
    {
        using TemporaryModel model = TemporaryModel.CopyOfSpladeTiny();
        string file = model.PathOf("onnx/model.onnx");
        using (FileStream stream = File.OpenWrite(file))
        {
            stream.SetLength(stream.Length / 2);
        }

        await AssertRefusedAsync(model.Folder, file, "ONNX Runtime cannot load the file");
    }

    [Fact]
    public async Task CreateAsync_HiddenStates_AreRefusedAsSuch()
    {
        using TemporaryModel model = TemporaryModel.CopyOfDistilBert();
        model.Replace("onnx/model.onnx", by: "onnx/contract_hidden_states.onnx");
        await AssertRefusedAsync(model.Folder, model.PathOf("onnx/model.onnx"), "rows of 32 numbers, expected 3000");
    }

    [Fact]
    public async Task CreateAsync_DamagedWeights_AreRefused()
    {
        using TemporaryModel model = TemporaryModel.CopyOfDistilBert();
        byte[] bytes = await File.ReadAllBytesAsync(model.PathOf("onnx/model.onnx"));
        bytes.AsSpan(600_000, 4096).Fill(0xFF); // Inside the weights of the decoder: numbers that are none.
        await File.WriteAllBytesAsync(model.PathOf("onnx/model.onnx"), bytes);
        await AssertRefusedAsync(model.Folder, model.PathOf("onnx/model.onnx"), "NaN, expected finite numbers");
    }

    [Theory]
    [InlineData(null)]
    [InlineData(DecoderPlace.TiledGraph)]
    [InlineData(DecoderPlace.PlainGraph)]
    internal async Task EncodeAsync_TokenWhoseEmbeddingIsNoNumber_IsRefusedAndOtherTextsAreServed(DecoderPlace? place)
    {
        using TemporaryModel model = TemporaryModel.CopyOfDistilBert();
        FillWithNaN(model.PathOf("onnx/model.onnx"), "word_embeddings.weight", row: Tokenizer.Load(model.PathOf("tokenizer.json")).Encode("mars").Ids[1]);
        await using SpladeEngine damaged = await SpladeEngine.CreateAsync(new SpladeEngineOptions(model.Folder) { DecoderPlace = place });
        var error = await Assert.ThrowsAsync<SpladeModelException>(() => damaged.EncodeAsync(["a text about mars"]));
        Assert.Contains("NaN, expected finite numbers", error.Message, StringComparison.Ordinal);
        Assert.Single(await damaged.EncodeAsync(["a text about venus"]));
    }

    [Theory]
    [InlineData("""{"vocab_size": 2000, "max_position_embeddings": 128}""", "'vocab_size' 2000")]
    [InlineData("""{"pad_token_id": 3000, "max_position_embeddings": 128}""", "'pad_token_id' 3000")]
    public async Task CreateAsync_ConfigAgainstTheTokenizer_IsRefused(string config, string reason)
    {
        using TemporaryModel model = TemporaryModel.CopyOfDistilBert();
        model.Write("config.json", config);
        await AssertRefusedAsync(model.Folder, model.PathOf("tokenizer.json"), reason);
    }

    [Fact]
    public async Task CreateAsync_LowerCasingOutsideACasedTokenizer_IsRefused()
    {
        using TemporaryModel model = TemporaryModel.CopyOfDistilBert();
        model.Write("sentence_bert_config.json", """{"do_lower_case": true}""");
        await AssertRefusedAsync(model.Folder, model.PathOf("tokenizer.json"), "'do_lower_case' is true");
    }

    [Fact]
    public async Task CreateAsync_OnlyOtherOnnxFiles_AreNamed()
    {
        using TemporaryModel model = TemporaryModel.CopyOfDistilBert();
        model.Delete("onnx/model.onnx");
        model.Delete("model.safetensors");
        await AssertRefusedAsync(model.Folder, model.Folder, "model_dynamo.onnx");
    }

    [Fact]
    public async Task CreateAsync_PoolingOfAnotherVocabulary_IsRefused()
    {
        using TemporaryModel model = TemporaryModel.CopyOfDistilBert();
        model.Write(Pooling, """{"pooling_strategy": "max", "word_embedding_dimension": 30522}""");
        await AssertRefusedAsync(model.Folder, model.PathOf("onnx/model.onnx"), "rows of 3000 numbers, expected 30522");
        model.Write(Pooling, """{"pooling_strategy": "max", "word_embedding_dimension": 2999}""");
        await AssertRefusedAsync(model.Folder, model.PathOf("tokenizer.json"), "'embedding_dimension' 2999");
    }

    [Fact]
    public async Task CreateAsync_InputThatNobodyFeeds_IsNamed()
    {
        using TemporaryModel model = TemporaryModel.CopyOfDistilBert();
        string text = Latin1.GetString(await File.ReadAllBytesAsync(model.PathOf("onnx/model.onnx")));
        await File.WriteAllBytesAsync(model.PathOf("onnx/model.onnx"), Latin1.GetBytes(text.Replace("attention_mask", "attention_dusk", StringComparison.Ordinal)));
        await AssertRefusedAsync(model.Folder, model.PathOf("onnx/model.onnx"), "'attention_dusk'");
    }

    [Fact]
    public async Task CreateAsync_MissingOnnxFileByName_SaysWhatThereIs()
    {
        using TemporaryModel model = TemporaryModel.CopyOfSpladeTiny();
        var options = new SpladeEngineOptions(model.Folder) { ModelFile = "onnx/model_O3.onnx" };
        var error = await Assert.ThrowsAsync<SpladeModelException>(() => SpladeEngine.CreateAsync(options));
        Assert.Equal(model.PathOf("onnx/model_O3.onnx"), error.Path);
        Assert.Contains("model.onnx", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task EncodeAsync_ModelWithFewerPositionsThanItSays_IsRefusedWithARemedy()
    {
        using TemporaryModel model = TemporaryModel.CopyOfSpladeTiny();
        model.Write("config.json", """{"max_position_embeddings": 2048}""");
        model.Write("tokenizer_config.json", """{"model_max_length": 2048}""");
        await using SpladeEngine engine = await SpladeEngine.CreateAsync(model.Folder);
        var error = await Assert.ThrowsAsync<SpladeModelException>(() => engine.EncodeAsync([string.Join(' ', Enumerable.Repeat("the", 700))]));
        Assert.Contains("set MaxTokens", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task CreateAsync_TokenizerOfAnotherModel_IsRefused()
    {
        using TemporaryModel model = TemporaryModel.CopyOfDistilBert();
        File.Copy(Path.Combine(EngineFixture.ModelFolder, "tokenizer.json"), model.PathOf("tokenizer.json"), overwrite: true);
        model.Write("config.json", """{"max_position_embeddings": 128}""");
        await AssertRefusedAsync(model.Folder, model.PathOf("onnx/model.onnx"), "rows of 3000 numbers, expected 30522");
    }

    [Fact]
    public async Task CreateAsync_DenseModel_NamesTheClassForIt()
    {
        using TemporaryModel model = TemporaryModel.CopyOfDense();
        await AssertRefusedAsync(model.Folder, model.PathOf("modules.json"), nameof(DenseEmbeddingGenerator));
    }

    [Fact]
    public async Task CreateAsync_ModelWithoutTokenTypes_IsFedOnlyItsInputs()
    {
        using TemporaryModel model = TemporaryModel.CopyOfDistilBert();
        await using SpladeEngine engine = await SpladeEngine.CreateAsync(model.Folder);
        SpladeEncoding encoding = (await engine.EncodeAsync(["Mars"]))[0];
        Assert.Equal(3000, encoding.Vector.Dimensions);
        Assert.NotEqual(0, encoding.Vector.Count);
        Assert.Equal(128, engine.MaxTokens);
    }

    private static void FillWithNaN(string onnxFile, string tensor, int row)
    {
        byte[] bytes = File.ReadAllBytes(onnxFile);
        using (OnnxFile file = OnnxFile.Open(onnxFile))
        {
            OnnxTensor weights = file.Initializers.Values.Single(t => t.Name.EndsWith(tensor, StringComparison.Ordinal));
            int length = (int)weights.Dimensions[1] * sizeof(float);
            bytes.AsSpan((int)file.Data(weights)!.Offset + (row * length), length).Fill(0xFF);
        }

        File.WriteAllBytes(onnxFile, bytes);
    }

    private static async Task AssertRefusedAsync(string folder, string path, string reason)
    {
        var error = await Assert.ThrowsAsync<SpladeModelException>(() => SpladeEngine.CreateAsync(folder));
        Assert.EndsWith(path, error.Path, StringComparison.Ordinal);
        Assert.Contains(reason, error.Message, StringComparison.Ordinal);
        Assert.Contains(error.Path, error.Message, StringComparison.Ordinal);
    }
}
