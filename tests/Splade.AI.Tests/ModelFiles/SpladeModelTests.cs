using Splade.AI.ModelFiles;
using Splade.AI.Tests.TestData;

namespace Splade.AI.Tests.ModelFiles;

public sealed class SpladeModelTests
{
    [Fact]
    public void Read_EmbeddedModel_DescribesIt()
    {
        SpladeModel model = SpladeModel.Read(EngineFixture.ModelFolder + Path.DirectorySeparatorChar);
        Assert.Equal("splade-tiny", model.Name);
        Assert.Equal(512, model.MaxTokens);
        Assert.Equal(["document", "query"], model.Prompts.Keys.Order());
        Assert.EndsWith(Path.Combine("onnx", "model.onnx"), model.OnnxFile, StringComparison.Ordinal);
        Assert.StartsWith("splade-tiny: SPLADE, max pooling, log1p(relu), at most 512 tokens", model.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void Read_OldModuleNames_AreUnderstood()
    {
        using TemporaryModel model = TemporaryModel.CopyOfSpladeTiny();
        model.Write("modules.json", """
            [{"path": "", "type": "sentence_transformers.sparse_encoder.models.MLMTransformer"},
             {"path": "1_SpladePooling", "type": "sentence_transformers.sparse_encoder.models.SpladePooling"}]
            """);
        Assert.Equal(512, SpladeModel.Read(model.Folder).MaxTokens);
    }

    [Theory]
    [InlineData("""{"max_seq_length": 256}""", 256)]
    [InlineData("""{"max_seq_length": 4096}""", 512)]
    [InlineData("{}", 512)]
    public void Read_LimitOfSentenceTransformers_CountsUpToTheModelsPositions(string config, int expected)
    {
        using TemporaryModel model = TemporaryModel.CopyOfSpladeTiny();
        model.Write("sentence_bert_config.json", config);
        Assert.Equal(expected, SpladeModel.Read(model.Folder).MaxTokens);
    }

    [Fact]
    public void Read_OnnxFileInTheRoot_IsFound()
    {
        using TemporaryModel model = TemporaryModel.CopyOfSpladeTiny();
        File.Move(model.PathOf("onnx/model.onnx"), model.PathOf("model.onnx"));
        Assert.Equal(model.PathOf("model.onnx"), SpladeModel.Read(model.Folder).OnnxFile);
    }

    [Fact]
    public void PromptFor_UseOfAText_IsChosenAsSentenceTransformersDoes()
    {
        using TemporaryModel model = TemporaryModel.CopyOfSpladeTiny();
        model.Write("config_sentence_transformers.json", """{"prompts": {"query": "search: ", "passage": "text: ", "corpus": "no"}}""");
        TransformerFolder files = SpladeModel.Read(model.Folder).Files;
        Assert.Equal("search: ", files.PromptFor(SpladeInputType.Query));
        Assert.Equal("text: ", files.PromptFor(SpladeInputType.Document));
    }

    [Fact]
    public async Task Prompts_OfTheModel_ArePutBeforeTheText()
    {
        using TemporaryModel model = TemporaryModel.CopyOfSpladeTiny();
        model.Write("config_sentence_transformers.json", """{"prompts": {"query": "mars: ", "document": ""}}""");
        await using SpladeEngine engine = await SpladeEngine.CreateAsync(model.Folder);
        SpladeEncoding query = (await engine.EncodeAsync(["red"], new SpladeEncodingOptions { InputType = SpladeInputType.Query }))[0];
        SpladeEncoding document = (await engine.EncodeAsync(["mars: red"]))[0];
        Assert.Equal(document, query);
    }
}
