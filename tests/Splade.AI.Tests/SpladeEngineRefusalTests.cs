using Splade.AI.Tests.TestData;

namespace Splade.AI.Tests;

/// <summary>A wrong model folder is refused with what was found, what was expected, and the path.</summary>
public sealed class SpladeEngineRefusalTests
{
    private const string Pooling = "1_SpladePooling/config.json";

    [Fact]
    public Task CreateAsync_NoSuchFolder_IsRefused() =>
        AssertRefusedAsync(Path.Combine(Path.GetTempPath(), "no-such-model"), "no-such-model", "There is no such folder");

    [Theory]
    [InlineData("modules.json")]
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
    [InlineData("modules.json", "[]", "Expected a list of modules")]
    [InlineData("modules.json", """{"idx": 0}""", "Expected a list of modules")]
    [InlineData("modules.json", """[{"path": ""}]""", "has no 'type'")]
    [InlineData("modules.json", """[{"path": "", "type": "x.Router"}]""", "'Router'")]
    [InlineData("modules.json", """[{"path": "", "type": "x.Transformer"}]""", "Expected [SpladePooling]")]
    [InlineData("modules.json", """[{"path": "", "type": "x.Transformer"}, {"path": "1_Pooling", "type": "x.Pooling"}]""", "[Pooling]")]
    [InlineData(Pooling, """{"pooling_strategy": "sum", "activation_function": "relu"}""", "'pooling_strategy' is 'sum'")]
    [InlineData(Pooling, """{"pooling_strategy": "max", "activation_function": "log1p_relu"}""", "'activation_function' is 'log1p_relu'")]
    [InlineData(Pooling, "[]", "'pooling_strategy' is ''")]
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
    public async Task CreateAsync_PooledOutput_IsRefusedWithWhatTheModelGives()
    {
        using TemporaryModel model = TemporaryModel.CopyOfDistilBert();
        model.Replace("onnx/model.onnx", by: "onnx/contract_pooled.onnx");
        await AssertRefusedAsync(model.Folder, model.PathOf("onnx/model.onnx"), "of rank 2");
    }

    [Fact]
    public async Task CreateAsync_TokenizerOfAnotherModel_IsRefused()
    {
        using TemporaryModel model = TemporaryModel.CopyOfDistilBert();
        File.Copy(Path.Combine(EngineFixture.ModelFolder, "tokenizer.json"), model.PathOf("tokenizer.json"), overwrite: true);
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

    private static async Task AssertRefusedAsync(string folder, string path, string reason)
    {
        var error = await Assert.ThrowsAsync<SpladeModelException>(() => SpladeEngine.CreateAsync(folder));
        Assert.EndsWith(path, error.Path, StringComparison.Ordinal);
        Assert.Contains(reason, error.Message, StringComparison.Ordinal);
        Assert.Contains(error.Path, error.Message, StringComparison.Ordinal);
    }
}
