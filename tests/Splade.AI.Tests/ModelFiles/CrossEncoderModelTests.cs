using Splade.AI.ModelFiles;

namespace Splade.AI.Tests.ModelFiles;

/// <summary>What is no reranker is refused by the name of what it is.</summary>
public sealed class CrossEncoderModelTests
{
    [Fact]
    public void Read_FoldersOfOtherKinds_ArePointedTheOtherWay()
    {
        Assert.Contains("a SPLADE model goes to SpladeEngine", ErrorOf(EngineFixture.ModelFolder), StringComparison.Ordinal);
        Assert.Contains("a dense one to DenseEmbeddingGenerator", ErrorOf(Path.Combine(Repository.Models, "all-minilm-l6-v2-int8")), StringComparison.Ordinal);
        Assert.Contains("The modules are [Router]", ErrorOf(Path.Combine(Repository.TestData, "models", "inference-free-idf")), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("""{"architectures": ["Qwen3ForCausalLM"]}""", "by the tokens 'yes' and 'no'")]
    [InlineData("""{"architectures": ["BertForMaskedLM"]}""", "A SPLADE model goes to SpladeEngine")]
    [InlineData("""{"architectures": ["BertModel"]}""", "A dense model goes to DenseEmbeddingGenerator")]
    [InlineData("""{"architectures": ["BertForTokenClassification"]}""", "a model for another task")]
    [InlineData("""{"id2label": {"0": "A"}}""", "'architectures' is []")]
    public void Read_ArchitectureOfAnotherKind_IsNamed(string config, string reason) => Assert.Contains(reason, Refusal(config), StringComparison.Ordinal);

    [Theory]
    [InlineData("""{"1": "A", "2": "B"}""")]
    [InlineData("""{"0": 1}""")]
    [InlineData("{}")]
    [InlineData("[]")]
    public void Read_LabelsThatAreNone_AreRefused(string labels) =>
        Assert.Contains("a name for each number from 0 on", Refusal(Classifier($"\"id2label\": {labels}")), StringComparison.Ordinal);

    [Theory]
    [InlineData("\"num_labels\": 1", "LABEL_0")]
    [InlineData("\"pad_token_id\": 0", "LABEL_0 LABEL_1")]
    [InlineData("""
        "id2label": {"1": "no", "0": "yes"}
        """, "yes no")]
    public void Read_Labels_AreThoseOfTheConfiguration(string setting, string labels)
    {
        using TemporaryModel model = TemporaryModel.CopyOf(Fixture);
        model.Write("config.json", Classifier(setting));
        Assert.Equal(labels, string.Join(' ', CrossEncoderModel.Read(model.Folder).Labels));
    }

    [Fact]
    public void Read_OtherActivationOfTorch_IsRefused() => Assert.Contains(
        "expected torch's Identity or Sigmoid",
        Refusal(Classifier("\"sbert_ce_default_activation_function\": \"torch.nn.modules.activation.Tanh\"")),
        StringComparison.Ordinal);

    [Fact]
    public async Task CreateAsync_ModulesOfSentenceTransformers_AreReadAndTheirActivationGoesFirst()
    {
        using TemporaryModel model = TemporaryModel.CopyOf(Fixture);
        model.Write("modules.json", """[{"idx": 0, "name": "0", "path": "", "type": "sentence_transformers.base.modules.transformer.Transformer"}]""");
        model.Write("config_sentence_transformers.json", """{"model_type": "CrossEncoder", "activation_fn": "torch.nn.modules.activation.Sigmoid"}""");
        model.Write("sentence_bert_config.json", """
            {"transformer_task": "sequence-classification", "module_output_name": "scores",
             "modality_config": {"text": {"method": "forward", "method_output_name": "logits"}}}
            """);
        await using CrossEncoderReranker reranker = await CrossEncoderReranker.CreateAsync(model.Folder);
        Assert.InRange(Assert.Single(await reranker.RerankAsync("tides", ["the moon"])).Score, 0, 1);
        Assert.Contains("goes to CrossEncoderReranker", Assert.Throws<SpladeModelException>(() => SpladeModel.Read(model.Folder)).Message, StringComparison.Ordinal);

        model.Write("config_sentence_transformers.json", """{"prompts": {"q": "query: "}, "default_prompt_name": "q"}""");
        Assert.Contains("'query: '", ErrorOf(model.Folder), StringComparison.Ordinal);
        model.Write("modules.json", """[{"path": "", "type": "m.Transformer"}, {"path": "1_LogitScore", "type": "m.LogitScore"}]""");
        Assert.Contains("by the tokens 'yes' and 'no'", ErrorOf(model.Folder), StringComparison.Ordinal);
    }

    [Fact]
    public async Task CreateAsync_OnnxFileOfAnotherTask_IsRefused()
    {
        using TemporaryModel model = TemporaryModel.CopyOf(Fixture);
        File.Copy(Path.Combine(Repository.TestData, "models", "random-cross-encoder-nli", "onnx", "model.onnx"), model.PathOf("onnx/labels.onnx"));
        File.Copy(Path.Combine(Repository.TestData, "models", "random-bert-sum", "onnx", "model.onnx"), model.PathOf("onnx/tokens.onnx"));
        Assert.Contains("rows of 3 numbers, expected 1, one for each label", await ErrorOfAsync("onnx/labels.onnx"), StringComparison.Ordinal);
        Assert.Contains("has a row for each token", await ErrorOfAsync("onnx/tokens.onnx"), StringComparison.Ordinal);

        async Task<string> ErrorOfAsync(string file) => (await Assert.ThrowsAsync<SpladeModelException>(() =>
            CrossEncoderReranker.CreateAsync(new CrossEncoderRerankerOptions(model.Folder) { ModelFile = file }))).Message;
    }

    private static string Fixture => Path.Combine(Repository.TestData, "models", "random-cross-encoder");

    private static string Classifier(string setting) =>
        $$"""{"architectures": ["BertForSequenceClassification"], "model_type": "bert", "max_position_embeddings": 128, {{setting}}}""";

    private static string Refusal(string config)
    {
        using TemporaryModel model = TemporaryModel.CopyOf(Fixture);
        model.Write("config.json", config);
        return ErrorOf(model.Folder);
    }

    private static string ErrorOf(string folder) => Assert.Throws<SpladeModelException>(() => CrossEncoderModel.Read(folder)).Message;
}
