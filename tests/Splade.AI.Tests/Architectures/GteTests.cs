using System.Text.Json.Nodes;
using Splade.AI.Architectures;
using Splade.AI.Tests.OnnxGraph;
using Splade.AI.Tokenization;
using Splade.AI.Weights;

namespace Splade.AI.Tests.Architectures;

/// <summary>GTE against its arithmetic in plain loops, on random weights: no file of such a model is here.</summary>
public sealed class GteTests
{
    private const int Vocabulary = 40;
    private const int Hidden = 12;
    private const int Inner = 10;
    private const int Heads = 2;
    private const int Layers = 2;
    private const double Epsilon = 1e-12;

    private static readonly string[] Packed = ["qkv_proj"];

    private static readonly string[] Projections = ["q_proj", "k_proj", "v_proj"];

    private static readonly int[][] Texts = [[3, 7, 39, 0, 5, 11, 8], [1, 2]];

    [Theory]
    [InlineData(true, 1, null)]
    [InlineData(true, 0, null)]
    [InlineData(false, 2, null)]
    [InlineData(true, 1, 2.5)]
    public void Write_Gte_GivesTheLogitsOfPlainLoops(bool isPacked, int types, double? factor)
    {
        using var folder = new TemporaryFolder();
        RandomCheckpoint weights = Weights(isPacked, types);
        using TestRuntime runtime = FixtureGraph.Load(Write(Config(isPacked, types, factor), weights.Write(folder)));
        var batch = new TokenBatch(Texts, padTokenId: 0);
        float[] logits = runtime.Run(batch);
        for (int text = 0; text < Texts.Length; text++)
        {
            double[] expected = [.. Logits(weights, Texts[text], isPacked, types, factor).SelectMany(row => row)];
            Pooled.AssertSame(expected, logits.AsSpan(text * batch.Length * Vocabulary, expected.Length).ToArray(), 1e-5);
        }
    }

    // The same numbers under the names of transformers 5: what was one matrix for several is there one for each.
    [Theory]
    [InlineData(1, null, null)]
    [InlineData(0, null, """{"rope_type": "default", "rope_theta": 500.0}""")]
    [InlineData(2, 2.5, null)]
    [InlineData(1, 2.5, """{"rope_type": "linear", "factor": 1.3572088, "rope_theta": 1250.0}""")]
    public void Write_NamesOfTransformers_GivesTheLogitsOfPlainLoops(int types, double? factor, string? parameters)
    {
        using var folder = new TemporaryFolder();
        RandomCheckpoint weights = Weights(isPacked: false, types);
        JsonObject config = Config(isPacked: false, types, parameters is null ? factor : null);
        config["model_type"] = "gte";
        config["architectures"] = new JsonArray("GteForMaskedLM");
        config.Remove("auto_map");
        config.Remove("pack_qkv");
        if (parameters is not null)
        {
            config.Remove("rope_theta");
            config["rope_parameters"] = JsonNode.Parse(parameters);
        }

        using TestRuntime runtime = FixtureGraph.Load(Write(config, Renamed(weights.Write(folder))));
        float[] logits = runtime.Run(new TokenBatch([Texts[0]], padTokenId: 0));
        Pooled.AssertSame([.. Logits(weights, Texts[0], isPacked: false, types, factor).SelectMany(row => row)], logits, 1e-5);
    }

    [Theory]
    [InlineData("""{"rope_type": "yarn", "factor": 2.0}""")]
    [InlineData("""{"rope_type": "default", "factor": 2.0}""")]
    [InlineData("""{"rope_type": "linear"}""")]
    [InlineData("""{"rope_type": "linear", "factor": 0}""")]
    [InlineData("""{"rope_type": "linear", "factor": 2.0, "rope_theta": -1}""")]
    [InlineData("""{"rope_type": "default", "partial_rotary_factor": 0.5}""")]
    [InlineData("[]")]
    public void Write_RotaryParametersWithoutAGraph_RefusesThem(string parameters)
    {
        using var folder = new TemporaryFolder();
        JsonObject config = Config(isPacked: false, types: 1, factor: null);
        config["model_type"] = "gte";
        config["architectures"] = new JsonArray("GteForMaskedLM");
        config.Remove("auto_map");
        config["rope_parameters"] = JsonNode.Parse(parameters);
        Checkpoint checkpoint = Renamed(Weights(isPacked: false, types: 1).Write(folder));
        SpladeModelException refusal = Assert.Throws<SpladeModelException>(() => Write(config, checkpoint));
        Assert.Contains("'rope_parameters' is ", refusal.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("rope_scaling", """{"type": "ntk", "factor": 2.0, "mixed_b": 0.5}""")]
    [InlineData("rope_scaling", """{"type": "linear", "factor": 2.0}""")]
    [InlineData("rope_scaling", """{"type": "ntk", "factor": 1.0}""")]
    [InlineData("rope_scaling", """{"type": "ntk"}""")]
    [InlineData("position_embedding_type", "\"absolute\"")]
    [InlineData("layer_norm_type", "\"rms_norm\"")]
    [InlineData("logn_attention_scale", "true")]
    [InlineData("rope_scaling", """{"type": "ntk", "factor": 1e300}""")]
    [InlineData("rope_theta", "0")]
    [InlineData("rope_theta", "-10000")]
    [InlineData("rope_theta", "1e300")]
    [InlineData("rope_theta", "1e999")]
    [InlineData("rope_theta", "1e-300")]
    [InlineData("rope_theta", "\"NaN\"")]
    public void Write_SettingWithoutAGraph_RefusesItByName(string name, string value)
    {
        using var folder = new TemporaryFolder();
        JsonObject config = Config(isPacked: true, types: 1, factor: null);
        config[name] = JsonNode.Parse(value);
        Checkpoint checkpoint = Weights(isPacked: true, types: 1).Write(folder);
        SpladeModelException refusal = Assert.Throws<SpladeModelException>(() => Write(config, checkpoint));
        Assert.Contains($"'{name}' is ", refusal.Message, StringComparison.Ordinal);
    }

    private static Checkpoint Renamed(Checkpoint checkpoint)
    {
        var tensors = new Dictionary<string, WeightTensor>();
        foreach (WeightTensor tensor in checkpoint.Tensors.Values)
        {
            string name = tensor.Name.Replace("new.encoder.layer.", "gte.layers.", StringComparison.Ordinal)
                .Replace("new.", "gte.", StringComparison.Ordinal)
                .Replace(".attention.", ".self_attn.", StringComparison.Ordinal)
                .Replace(".attn_ln.", ".post_attention_layernorm.", StringComparison.Ordinal)
                .Replace(".mlp_ln.", ".post_mlp_layernorm.", StringComparison.Ordinal)
                .Replace("lm_head.norm.", "lm_head.layer_norm.", StringComparison.Ordinal);
            long half = tensor.Length / 2;
            WeightTensor[] parts = name.Contains(".up_gate_proj.", StringComparison.Ordinal)
                ?
                [
                    tensor with { Name = name.Replace("up_gate", "up", StringComparison.Ordinal), Length = half, Shape = [Inner, Hidden] },
                    tensor with
                    {
                        Name = name.Replace("up_gate", "gate", StringComparison.Ordinal), Offset = tensor.Offset + half, Length = half, Shape = [Inner, Hidden],
                    },
                ]
                : [tensor with { Name = name }];
            Array.ForEach(parts, part => tensors.Add(part.Name, part));
        }

        return checkpoint with { Tensors = tensors };
    }

    private static WrittenGraph Write(JsonObject config, Checkpoint checkpoint) =>
        FixtureGraph.Write(config, "config.json", checkpoint, GraphTask.MaskedLanguageModel);

    private static JsonObject Config(bool isPacked, int types, double? factor) => new()
    {
        ["architectures"] = new JsonArray("NewForMaskedLM"),
        ["auto_map"] = new JsonObject { ["AutoModelForMaskedLM"] = "modeling.NewForMaskedLM" },
        ["model_type"] = "new",
        ["vocab_size"] = Vocabulary,
        ["hidden_size"] = Hidden,
        ["intermediate_size"] = Inner,
        ["num_attention_heads"] = Heads,
        ["num_hidden_layers"] = Layers,
        ["type_vocab_size"] = types,
        ["pack_qkv"] = isPacked,
        ["rope_theta"] = 500.0,
        ["rope_scaling"] = factor is double scale ? new JsonObject { ["type"] = "ntk", ["factor"] = scale } : null,
    };

    private static RandomCheckpoint Weights(bool isPacked, int types)
    {
        RandomCheckpoint weights = new RandomCheckpoint()
            .Add("new.embeddings.word_embeddings.weight", Vocabulary, Hidden)
            .AddNorm("new.embeddings.LayerNorm", Hidden);
        if (types > 0)
        {
            weights.Add("new.embeddings.token_type_embeddings.weight", types, Hidden);
        }

        for (int i = 0; i < Layers; i++)
        {
            string layer = $"new.encoder.layer.{i}.";
            foreach (string part in isPacked ? Packed : Projections)
            {
                weights.AddLayer($"{layer}attention.{part}", isPacked ? 3 * Hidden : Hidden, Hidden);
            }

            weights.AddLayer(layer + "attention.o_proj", Hidden, Hidden).AddNorm(layer + "attn_ln", Hidden)
                .AddLayer(layer + "mlp.up_gate_proj", 2 * Inner, Hidden, hasBias: false)
                .AddLayer(layer + "mlp.down_proj", Hidden, Inner).AddNorm(layer + "mlp_ln", Hidden);
        }

        return weights.AddLayer("lm_head.dense", Hidden, Hidden).AddNorm("lm_head.norm", Hidden).Add("lm_head.decoder.bias", Vocabulary);
    }

    private static IEnumerable<double[]> Logits(RandomCheckpoint weights, int[] ids, bool isPacked, int types, double? factor)
    {
        var slow = new SlowLayers(weights);
        const int Width = Hidden / Heads;
        double scale = factor ?? 1;
        double[] angles = [.. Enumerable.Range(0, Width / 2).Select(j => Math.Pow(500 * scale, -2.0 * j / Width) / Math.Pow(scale, 2.0 / Width))];
        double[][] x = [.. ids.Select(id => slow.Row("new.embeddings.word_embeddings", id, Hidden))
            .Select(row => types > 0 ? SlowLayers.Add(row, slow.Row("new.embeddings.token_type_embeddings", 0, Hidden)) : row)
            .Select(row => slow.Norm("new.embeddings.LayerNorm", row, Epsilon))];
        for (int i = 0; i < Layers; i++)
        {
            string layer = $"new.encoder.layer.{i}.";
            double[][] packed = [.. x.Select(row => isPacked
                ? slow.Linear(layer + "attention.qkv_proj", row)
                : [.. Projections.SelectMany(part => slow.Linear($"{layer}attention.{part}", row))])];
            double[][] attended = SlowLayers.Attend(packed, Heads, angles, reach: ids.Length);
            x = [.. x.Zip(attended, (row, a) => slow.Norm(layer + "attn_ln", SlowLayers.Add(row, slow.Linear(layer + "attention.o_proj", a)), Epsilon))];
            x = [.. x.Select(row =>
            {
                double[] both = slow.Linear(layer + "mlp.up_gate_proj", row, hasBias: false);
                double[] gated = [.. Enumerable.Range(0, Inner).Select(n => both[n] * SlowLayers.Gelu(both[Inner + n]))];
                return slow.Norm(layer + "mlp_ln", SlowLayers.Add(row, slow.Linear(layer + "mlp.down_proj", gated)), Epsilon);
            })];
        }

        return x.Select(row =>
        {
            double[] transformed = slow.Norm("lm_head.norm", [.. slow.Linear("lm_head.dense", row).Select(SlowLayers.Gelu)], Epsilon);
            return Enumerable.Range(0, Vocabulary)
                .Select(id => slow.Row("new.embeddings.word_embeddings", id, Hidden).Zip(transformed, (a, b) => a * b).Sum()
                    + weights["lm_head.decoder.bias"][id])
                .ToArray();
        });
    }
}
