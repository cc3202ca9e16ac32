using System.Text.Json.Nodes;
using Splade.AI.Architectures;

namespace Splade.AI.Tests.Architectures;

/// <summary>Settings that change numbers, and whose values there is no graph for.</summary>
public sealed class ConfigRefusalTests
{
    public static TheoryData<string, string, string> OfEveryModel
    {
        get
        {
            var data = new TheoryData<string, string, string>();
            foreach (string model in new[] { "nonzero-bert", "nonzero-distilbert", "nonzero-roberta", "nonzero-xlmr", "nonzero-modernbert" })
            {
                data.Add(model, "is_decoder", "true");
                data.Add(model, "is_encoder_decoder", "true");
                data.Add(model, "add_cross_attention", "true");
                data.Add(model, "is_decoder", "1");
                data.Add(model, "quantization_config", """{"quant_method": "gptq"}""");
                data.Add(model, "compression_config", """{"bits": 4}""");
                data.Add(model, "pruned_heads", """{"0": [1]}""");
                data.Add(model, "adapters", """{"a": 1}""");
                data.Add(model, "auto_map", """{"AutoModel": "modeling.Own"}""");
                data.Add(model, "position_embedding_type", "\"relative_key\"");
                data.Add(model, "rope_scaling", """{"type": "linear", "factor": 2}""");
                data.Add(model, "model_type", "\"deberta-v2\"");
                data.Add(model, "model_type", "7");
                data.Add(model, "architectures", """["SPLADE"]""");
                data.Add(model, "architectures", """["ElectraForMaskedLM"]""");
                data.Add(model, "architectures", "\"BertForMaskedLM\"");
                data.Add(model, "vocab_size", "0");
                data.Add(model, "vocab_size", "\"3000\"");
                data.Add(model, "vocab_size", "2999.5");
                data.Add(model, "tie_word_embeddings", "\"yes\"");
            }

            return data;
        }
    }

    [Theory]
    [MemberData(nameof(OfEveryModel))]
    [InlineData("nonzero-bert", "hidden_act", "\"mish\"")]
    [InlineData("nonzero-bert", "hidden_act", "{}")]
    [InlineData("nonzero-bert", "num_attention_heads", "5")]
    [InlineData("nonzero-bert", "num_hidden_layers", "2000000000")]
    [InlineData("nonzero-bert", "layer_norm_eps", "0")]
    [InlineData("nonzero-bert", "layer_norm_eps", "\"small\"")]
    [InlineData("nonzero-bert", "layer_norm_eps", "1")]
    [InlineData("nonzero-bert", "layer_norm_eps", "1e300")]
    [InlineData("nonzero-bert", "layer_norm_eps", "1e-60")]
    [InlineData("nonzero-bert", "type_vocab_size", "0")]
    [InlineData("nonzero-bert", "rope_theta", "10000")]
    [InlineData("nonzero-bert", "rope_parameters", """{"rope_type": "default", "rope_theta": 10000}""")]
    [InlineData("nonzero-bert", "layer_types", """["full_attention", "sliding_attention"]""")]
    [InlineData("nonzero-bert", "norm_first", "true")]
    [InlineData("nonzero-bert", "norm_type", "\"rms_norm\"")]
    [InlineData("nonzero-bert", "sliding_window", "64")]
    [InlineData("nonzero-bert", "layer_norm_epsilon", "1e-6")]
    [InlineData("nonzero-bert", "head_dim", "4")]
    [InlineData("nonzero-bert", "embedding_size", "16")]
    [InlineData("nonzero-roberta", "embedding_size", "16")]
    [InlineData("nonzero-roberta", "sliding_window", "64")]
    [InlineData("nonzero-distilbert", "rope_theta", "10000")]
    [InlineData("nonzero-distilbert", "hidden_size", "64")]
    [InlineData("nonzero-distilbert", "num_attention_heads", "4")]
    [InlineData("nonzero-distilbert", "num_hidden_layers", "1")]
    [InlineData("nonzero-distilbert", "activation", "\"tanh\"")]
    [InlineData("nonzero-distilbert", "n_heads", "3")]
    [InlineData("nonzero-roberta", "pad_token_id", "3000")]
    [InlineData("nonzero-roberta", "pad_token_id", "-1")]
    [InlineData("nonzero-modernbert", "hidden_activation", "\"geglu\"")]
    [InlineData("nonzero-modernbert", "classifier_activation", "\"geglu\"")]
    [InlineData("nonzero-modernbert", "classifier_pooling", "\"max\"")]
    [InlineData("nonzero-modernbert", "norm_eps", "-1")]
    [InlineData("nonzero-modernbert", "norm_eps", "1e300")]
    [InlineData("nonzero-modernbert", "sliding_window", "32")]
    [InlineData("nonzero-modernbert", "norm_first", "true")]
    [InlineData("nonzero-modernbert", "rope_theta", "10000")]
    [InlineData("nonzero-modernbert", "num_attention_heads", "32")]
    [InlineData("nonzero-modernbert", "global_rope_theta", "0")]
    [InlineData("nonzero-modernbert", "global_rope_theta", "1e300")]
    [InlineData("nonzero-modernbert", "local_rope_theta", "-10000")]
    [InlineData("nonzero-modernbert", "global_attn_every_n_layers", "0")]
    [InlineData("nonzero-modernbert", "layer_types", """["full_attention"]""")]
    [InlineData("nonzero-modernbert", "layer_types", """["full_attention", "chunked_attention", "full_attention"]""")]
    [InlineData("nonzero-modernbert", "rope_parameters", """{"full_attention": {"rope_theta": 1000}}""")]
    [InlineData("nonzero-modernbert", "rope_parameters", """{"full_attention": {"rope_type": "yarn"}, "sliding_attention": {}}""")]
    [InlineData("nonzero-modernbert", "rope_parameters", """{"full_attention": {"partial_rotary_factor": 0.5}, "sliding_attention": {}}""")]
    [InlineData("nonzero-modernbert", "rope_parameters", """{"full_attention": {"rope_theta": -1}, "sliding_attention": {}}""")]
    public void Write_SettingWithoutAGraph_RefusesItByName(string model, string name, string value)
    {
        SpladeModelException refusal = Refusal(model, GraphTask.MaskedLanguageModel, config => config[name] = JsonNode.Parse(value));
        Assert.Contains($"'{name}' is ", refusal.Message, StringComparison.Ordinal);
        Assert.Contains("expected", refusal.Message, StringComparison.Ordinal);
        Assert.EndsWith("config.json", refusal.Path, StringComparison.Ordinal);
    }

    [Fact]
    public void Write_NoModelTypeAndNoKnownClass_IsRefused()
    {
        SpladeModelException refusal = Refusal("nonzero-bert", GraphTask.MaskedLanguageModel, config =>
        {
            config.Remove("model_type");
            config["architectures"] = new JsonArray("SPLADE");
        });
        Assert.Contains("'architectures' is [\"SPLADE\"], expected one of BertForMaskedLM, ", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Write_ClassifierOfAMaskedLanguageModel_IsRefused()
    {
        SpladeModelException refusal = Refusal("nonzero-bert", GraphTask.SequenceClassification, _ => { });
        Assert.Contains("expected BertForSequenceClassification", refusal.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("""{"0": "a", "1": "b"}""", null)]
    [InlineData(null, "2")]
    public void Write_LabelsThatTheClassifierDoesNotHave_AreRefused(string? labels, string? count)
    {
        SpladeModelException refusal = Assert.Throws<SpladeModelException>(() => FixtureGraph.Write(
            FixtureGraph.Folder("random-cross-encoder-nli"),
            GraphTask.SequenceClassification,
            config =>
            {
                config["id2label"] = labels is null ? null : JsonNode.Parse(labels);
                config["num_labels"] = count is null ? null : JsonNode.Parse(count);
            },
            _ => { }));
        Assert.Contains("'classifier.weight' is F32 of shape [3, 32], expected the shape [2, 32]", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Write_LabelsThatNothingCounts_AreTheClassifiers()
    {
        WrittenGraph graph = FixtureGraph.Write(
            FixtureGraph.Folder("random-cross-encoder-nli"), GraphTask.SequenceClassification, config => config.Remove("id2label"), _ => { });
        Assert.Empty(graph.UnknownSettings);
    }

    [Theory]
    [InlineData("nonzero-bert", "hidden_act", "\"relu\"")]
    [InlineData("nonzero-bert", "layer_norm_eps", "0.001")]
    [InlineData("nonzero-bert", "num_attention_heads", "4")]
    [InlineData("nonzero-modernbert", "norm_eps", "0.001")]
    [InlineData("nonzero-modernbert", "local_attention", "4")]
    [InlineData("nonzero-modernbert", "global_attn_every_n_layers", "2")]
    [InlineData("nonzero-modernbert", "local_rope_theta", "null")]
    [InlineData("nonzero-modernbert", "classifier_activation", "\"silu\"")]
    [InlineData("nonzero-modernbert", "layer_types", """["sliding_attention", "full_attention", "full_attention"]""")]
    [InlineData("nonzero-modernbert", "rope_parameters", """{"full_attention": {"rope_theta": 500}, "sliding_attention": {"rope_type": "default"}}""")]
    public void Write_SettingThatChangesNumbers_ChangesTheGraph(string model, string name, string value)
    {
        string folder = FixtureGraph.Folder($"checkpoint-variants/{model}");
        byte[] plain = FixtureGraph.Write(folder, GraphTask.MaskedLanguageModel, _ => { }, _ => { }).Model;
        byte[] changed = FixtureGraph.Write(folder, GraphTask.MaskedLanguageModel, config => config[name] = JsonNode.Parse(value), _ => { }).Model;
        Assert.NotEqual(plain, changed);
    }

    [Theory]
    [InlineData("nonzero-bert", "norm_first", "false")]
    [InlineData("nonzero-bert", "sliding_window", "null")]
    [InlineData("nonzero-bert", "embedding_size", "32")]
    [InlineData("nonzero-bert", "head_dim", "16")]
    [InlineData("nonzero-distilbert", "hidden_size", "32.0")]
    [InlineData("nonzero-modernbert", "sliding_window", "16")]
    public void Write_SettingThatSaysTheSameAgain_IsTheSameGraph(string model, string name, string value)
    {
        string folder = FixtureGraph.Folder($"checkpoint-variants/{model}");
        WrittenGraph plain = FixtureGraph.Write(folder, GraphTask.MaskedLanguageModel, _ => { }, _ => { });
        WrittenGraph changed = FixtureGraph.Write(folder, GraphTask.MaskedLanguageModel, config => config[name] = JsonNode.Parse(value), _ => { });
        Assert.Equal(plain.Model, changed.Model);
        Assert.Empty(changed.UnknownSettings);
    }

    // null is the angle of whole-text layers, and a missing key the default of windows.
    [Theory]
    [InlineData("""{"global_rope_theta": 160000}""", 160_000, 10_000)]
    [InlineData("""{"global_rope_theta": 500}""", 500, 10_000)]
    [InlineData("{}", 160_000, 10_000)]
    [InlineData("""{"local_rope_theta": null}""", 160_000, 160_000)]
    [InlineData("""{"local_rope_theta": null, "global_rope_theta": 500}""", 500, 500)]
    public void Write_ModernBertWithoutALocalTheta_TellsMissingFromNull(string thetas, double full, double local)
    {
        Assert.Equal(
            Write(new JsonObject { ["global_rope_theta"] = full, ["local_rope_theta"] = local }),
            Write(JsonNode.Parse(thetas)!.AsObject()));

        static byte[] Write(JsonObject thetas) => FixtureGraph.Write(
            FixtureGraph.Folder("checkpoint-variants/nonzero-modernbert"),
            GraphTask.MaskedLanguageModel,
            config =>
            {
                config.Remove("global_rope_theta");
                config.Remove("local_rope_theta");
                foreach ((string name, JsonNode? value) in thetas)
                {
                    config[name] = value?.DeepClone();
                }
            },
            _ => { }).Model;
    }

    [Fact]
    public void Write_ModernBertInBothSpellings_IsTheSameGraph()
    {
        string folder = FixtureGraph.Folder("random-modernbert-bpe");
        byte[] today = FixtureGraph.Write(folder, GraphTask.MaskedLanguageModel, _ => { }, _ => { }).Model;
        byte[] before = FixtureGraph.Write(
            folder,
            GraphTask.MaskedLanguageModel,
            config =>
            {
                config.Remove("layer_types");
                config.Remove("rope_parameters");
                config["global_rope_theta"] = 160000.0;
                config["local_rope_theta"] = 10000.0;
            },
            _ => { }).Model;
        Assert.Equal(today, before);
    }

    [Fact]
    public void Write_SettingThatNobodyKnows_IsListed()
    {
        WrittenGraph graph = FixtureGraph.Write(
            FixtureGraph.Folder("checkpoint-variants/nonzero-bert"),
            GraphTask.MaskedLanguageModel,
            config => config["attention_temperature"] = 0.5,
            _ => { });
        Assert.Equal(["'attention_temperature' of config.json"], graph.UnknownSettings);
    }

    [Fact]
    public void Write_ManySettingsThatNobodyKnows_ListsEightAndCountsTheRest()
    {
        IReadOnlyList<string> unknown = FixtureGraph.Write(
            FixtureGraph.Folder("checkpoint-variants/nonzero-bert"),
            GraphTask.MaskedLanguageModel,
            config =>
            {
                for (int i = 0; i < 20; i++)
                {
                    config[$"{i}\u001b[31m{new string('y', 200)}"] = 1;
                }
            },
            _ => { }).UnknownSettings;
        Assert.Equal(9, unknown.Count);
        Assert.Equal("and 12 more", unknown[8]);
        Assert.All(unknown, name => Assert.True(name.Length < 150 && !name.Any(char.IsControl), name));
    }

    private static SpladeModelException Refusal(string model, GraphTask task, Action<JsonObject> change) => Assert.Throws<SpladeModelException>(
        () => FixtureGraph.Write(FixtureGraph.Folder($"checkpoint-variants/{model}"), task, change, _ => { }));
}
