using System.Text.Json.Nodes;

namespace Splade.AI.Tests.ModelFiles;

/// <summary>A model reads no more tokens than its table of positions has rows for.</summary>
public sealed class TokenLimitTests
{
    // RoBERTa's first token has the position after that of the padding.
    [Theory]
    [InlineData(1, null, 128)]
    [InlineData(50, null, 79)]
    [InlineData(1, 130, 128)]
    [InlineData(1, 20, 20)]
    public async Task EncodeAsync_TextLongerThanRobertasPositions_ReadsWhatHasAPosition(int padding, int? limit, int expected)
    {
        using TemporaryModel model = TemporaryModel.CopyOf(Path.Combine(Repository.TestData, "models", "random-roberta-bpe"));
        Change(model, "config.json", config => config["pad_token_id"] = padding);
        Change(model, "tokenizer_config.json", config => config.Remove("model_max_length"));
        Change(model, "sentence_bert_config.json", config => config["max_seq_length"] = limit);

        await using SpladeEngine engine = await SpladeEngine.CreateAsync(new SpladeEngineOptions(model.Folder) { ModelFile = "model.safetensors" });
        SpladeEncoding encoding = (await engine.EncodeAsync([string.Join(' ', Enumerable.Repeat("mars", 500))]))[0];

        Assert.Equal(expected, engine.Model.MaxTokens);
        Assert.NotEqual(0, encoding.Vector.Count);
    }

    [Fact]
    public async Task EncodeAsync_TextLongerThanThePositionsOfAnOnnxFile_ReadsWhatHasAPosition()
    {
        using TemporaryModel model = TemporaryModel.CopyOf(Path.Combine(Repository.TestData, "models", "random-roberta-bpe"));
        Change(model, "tokenizer_config.json", config => config.Remove("model_max_length"));
        Change(model, "sentence_bert_config.json", config => config.Remove("max_seq_length"));

        await using SpladeEngine engine = await SpladeEngine.CreateAsync(model.Folder);
        SpladeEncoding encoding = (await engine.EncodeAsync([string.Join(' ', Enumerable.Repeat("mars", 500))]))[0];

        Assert.EndsWith("model.onnx", engine.Model.ModelFile, StringComparison.Ordinal);
        Assert.Equal(128, engine.Model.MaxTokens);
        Assert.NotEqual(0, encoding.Vector.Count);
    }

    private static void Change(TemporaryModel model, string file, Action<JsonObject> change)
    {
        JsonObject json = JsonNode.Parse(File.ReadAllText(model.PathOf(file)))!.AsObject();
        change(json);
        model.Write(file, json.ToJsonString());
    }
}
