using System.Text.Json.Nodes;
using Microsoft.Extensions.Logging;
using Splade.AI.ModelFiles;

namespace Splade.AI.Tests.ModelFiles;

/// <summary>Settings that change vectors are obeyed or refused by name; those that do not are passed over, and unknown ones are told.</summary>
public sealed class ModelSettingsTests
{
    private const string Own = "sentence_bert_config.json";
    private const string Tokenizer = "tokenizer_config.json";
    private const string Library = "config_sentence_transformers.json";
    private const string Pooling = "1_SpladePooling/config.json";

    [Theory]
    [InlineData(Own, "transformer_task", "\"feature-extraction\"")]
    [InlineData(Own, "module_output_name", "\"sentence_embedding\"")]
    [InlineData(Own, "modality_config", """{"text": {"method": "forward", "method_output_name": "last_hidden_state"}}""")]
    [InlineData(Own, "modality_config", """{"image": {"method": "forward", "method_output_name": "logits"}}""")]
    [InlineData(Own, "processing_kwargs", """{"text": {"max_length": 8}}""")]
    [InlineData(Own, "query_length", "32")]
    [InlineData(Own, "document_length", "32")]
    [InlineData(Own, "query_expansion", """{"strategy": "fixed", "length": 32}""")]
    [InlineData(Own, "tokenizer_args", """{"model_max_length": 8}""")]
    [InlineData(Own, "processor_kwargs", """{"do_lower_case": false}""")]
    [InlineData(Tokenizer, "truncation_side", "\"middle\"")]
    [InlineData(Tokenizer, "do_lower_case", "false")]
    [InlineData(Tokenizer, "strip_accents", "false")]
    [InlineData(Tokenizer, "tokenize_chinese_chars", "false")]
    [InlineData(Tokenizer, "split_special_tokens", "true")]
    [InlineData(Tokenizer, "mask_token", "\"<mask>\"")]
    [InlineData(Tokenizer, "mask_token", """{"content": "[MASK]", "lstrip": true}""")]
    [InlineData(Tokenizer, "additional_special_tokens", """["<extra>"]""")]
    [InlineData(Tokenizer, "extra_special_tokens", """{"image_token": "<image>"}""")]
    [InlineData(Tokenizer, "added_tokens_decoder", """{"103": {"content": "[MASK]", "lstrip": false, "rstrip": true}}""")]
    [InlineData(Tokenizer, "added_tokens_decoder", """{"103": {"content": "[MASK]", "normalized": true}}""")]
    [InlineData(Tokenizer, "added_tokens_decoder", """{"30522": {"content": "<new>"}}""")]
    [InlineData(Library, "model_type", "\"CrossEncoder\"")]
    [InlineData(Pooling, "pooling_strategy", "\"mean\"")]
    [InlineData(Pooling, "pooling_strategy", "1")]
    [InlineData(Pooling, "activation_function", "[\"relu\"]")]
    public async Task CreateAsync_SettingThatChangesVectors_IsRefusedByName(string file, string setting, string value)
    {
        using TemporaryModel model = TemporaryModel.CopyOfSpladeTiny();
        Set(model, file, setting, value);
        var error = await Assert.ThrowsAsync<SpladeModelException>(() => SpladeEngine.CreateAsync(model.Folder));
        Assert.Contains($"'{setting}'", error.Message, StringComparison.Ordinal);
        Assert.Equal(model.PathOf(file), error.Path);
    }

    [Theory]
    [InlineData("random-roberta-bpe", "add_prefix_space", "true")]
    [InlineData("random-roberta-bpe", "added_tokens_decoder", """{"4": {"content": "<mask>", "lstrip": true}}""")]
    public async Task CreateAsync_SettingOfAByteLevelTokenizer_IsRefusedByName(string folder, string setting, string value)
    {
        using TemporaryModel model = TemporaryModel.CopyOf(Path.Combine(Repository.TestData, "models", folder));
        Set(model, Tokenizer, setting, value);
        var error = await Assert.ThrowsAsync<SpladeModelException>(() => SpladeEngine.CreateAsync(model.Folder));
        Assert.Contains($"'{setting}'", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("2_Normalize/config.json", "module_input_name", "\"token_embeddings\"")]
    [InlineData(Library, "truncate_dim", "128")]
    [InlineData(Library, "model_type", "\"SparseEncoder\"")]
    [InlineData(Own, "transformer_task", "\"fill-mask\"")]
    public void Read_SettingThatChangesDenseVectors_IsRefusedByName(string file, string setting, string value)
    {
        using TemporaryModel model = TemporaryModel.CopyOfDense();
        Directory.CreateDirectory(model.PathOf("2_Normalize"));
        Set(model, file, setting, value);
        var error = Assert.Throws<SpladeModelException>(() => DenseModel.Read(model.Folder));
        Assert.Contains($"'{setting}'", error.Message, StringComparison.Ordinal);
        Assert.Equal(model.PathOf(file), error.Path);
    }

    [Theory]
    [InlineData("""["mean"]""", null)]
    [InlineData("""["mean", "max"]""", "[mean, max]")]
    public void Read_PoolingModesInAList_AreReadAsOneOrRefused(string modes, string? refused)
    {
        using TemporaryModel model = TemporaryModel.CopyOfDense();
        model.Write("1_Pooling/config.json", $$"""{"pooling_mode": {{modes}}}""");
        if (refused is null)
        {
            Assert.Equal(PoolingStrategy.Mean, DenseModel.Read(model.Folder).Pooling);
        }
        else
        {
            Assert.Contains(refused, Assert.Throws<SpladeModelException>(() => DenseModel.Read(model.Folder)).Message, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void Read_RoutesThatAreMappedOtherwise_AreRefused()
    {
        using TemporaryModel model = TemporaryModel.CopyOf(Path.Combine(Repository.TestData, "models", "inference-free-idf"));
        JsonNode router = JsonNode.Parse(File.ReadAllText(model.PathOf("router_config.json")))!;
        router["parameters"]!["route_mappings"] = JsonNode.Parse("""{"('query', None)": "document"}""");
        model.Write("router_config.json", router.ToJsonString());
        Assert.Contains("'route_mappings'", Assert.Throws<SpladeModelException>(() => SpladeModel.Read(model.Folder)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task CreateAsync_TokenTypesInTheTemplate_AreRefused()
    {
        using TemporaryModel model = TemporaryModel.CopyOfSpladeTiny();
        JsonNode tokenizer = JsonNode.Parse(File.ReadAllText(model.PathOf("tokenizer.json")))!;
        tokenizer["post_processor"]!["single"]![1]!["Sequence"]!["type_id"] = 1;
        model.Write("tokenizer.json", tokenizer.ToJsonString());
        var error = await Assert.ThrowsAsync<SpladeModelException>(() => SpladeEngine.CreateAsync(model.Folder));
        Assert.Contains("type_id", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(Tokenizer, "padding_side", "\"left\"")]
    [InlineData(Tokenizer, "chat_template", "\"{{ text }}\"")]
    [InlineData(Tokenizer, "clean_up_tokenization_spaces", "false")]
    [InlineData(Tokenizer, "strip_accents", "null")]
    [InlineData(Tokenizer, "tokenizer_class", "\"DistilBertTokenizer\"")]
    [InlineData(Tokenizer, "added_tokens_decoder", """{"103": {"content": "[MASK]", "lstrip": false, "normalized": false, "special": true}}""")]
    [InlineData(Own, "unpad_inputs", "true")]
    [InlineData(Own, "model_args", """{"add_pooling_layer": false}""")]
    [InlineData(Own, "tokenizer_args", """{"use_fast": true}""")]
    [InlineData(Own, "query_length", "null")]
    [InlineData(Library, "similarity_fn_name", "\"cosine\"")]
    public async Task EncodeAsync_SettingWithoutEffect_GivesTheSameVectorAndNoWarning(string file, string setting, string value)
    {
        using TemporaryModel model = TemporaryModel.CopyOfSpladeTiny();
        Set(model, file, setting, value);
        using var log = new TestLoggerFactory();
        await using SpladeEngine engine = await SpladeEngine.CreateAsync(new SpladeEngineOptions(model.Folder) { LoggerFactory = log });
        Assert.DoesNotContain(log.Entries, e => e.Level >= LogLevel.Warning);
        await using SpladeEngine original = await SpladeEngine.CreateAsync(EngineFixture.ModelFolder);
        Assert.Equal(await original.EncodeAsync(["Mars, the Red Planet"]), await engine.EncodeAsync(["Mars, the Red Planet"]));
    }

    [Theory]
    [InlineData(Tokenizer, "brand_new_setting")]
    [InlineData(Own, "brand_new_setting")]
    public async Task CreateAsync_UnknownSetting_IsPassedOverAndTold(string file, string setting)
    {
        using TemporaryModel model = TemporaryModel.CopyOfSpladeTiny();
        Set(model, file, setting, "true");
        using var log = new TestLoggerFactory();
        await using SpladeEngine engine = await SpladeEngine.CreateAsync(new SpladeEngineOptions(model.Folder) { LoggerFactory = log });
        Assert.Contains(log.Entries, e => e.Level == LogLevel.Warning && e.Message.Contains($"'{setting}' of {file}", StringComparison.Ordinal));
    }

    private static void Set(TemporaryModel model, string file, string setting, string value)
    {
        string path = model.PathOf(file);
        JsonNode json = File.Exists(path) ? JsonNode.Parse(File.ReadAllText(path))! : new JsonObject();
        json[setting] = JsonNode.Parse(value);
        model.Write(file, json.ToJsonString());
    }
}
