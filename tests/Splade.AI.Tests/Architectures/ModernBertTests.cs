using System.Text.Json.Nodes;
using Splade.AI.Architectures;
using Splade.AI.Tests.OnnxGraph;
using Splade.AI.Tokenization;
using Splade.AI.Weights;

namespace Splade.AI.Tests.Architectures;

/// <summary>ModernBERT with all the biases that it may have, and its classifier, against plain loops: the fixtures have neither.</summary>
public sealed class ModernBertTests
{
    private const int Vocabulary = 40;
    private const int Hidden = 12;
    private const int Inner = 10;
    private const int Heads = 2;
    private const int Layers = 3;
    private const int Labels = 2;
    private const int Reach = 1;
    private const double Epsilon = 1e-3;

    private static readonly int[][] Texts = [[3, 7, 39, 0, 5, 11, 8], [1, 2]];

    // Transposed matrices, as torch may keep them, are the same to it.
    [Theory]
    [InlineData("cls", true, false)]
    [InlineData("mean", true, false)]
    [InlineData("mean", false, true)]
    public void Write_ClassifierWithBiases_GivesTheLogitsOfPlainLoops(string pooling, bool hasBiases, bool byColumns)
    {
        using var folder = new TemporaryFolder();
        RandomCheckpoint weights = Weights(hasBiases);
        Checkpoint checkpoint = weights.Write(folder, _ => byColumns);
        using TestRuntime runtime = FixtureGraph.Load(
            FixtureGraph.Write(Config(pooling, hasBiases), "config.json", checkpoint, GraphTask.SequenceClassification));
        double[] expected = [.. Texts.SelectMany(ids => Logits(weights, ids, pooling == "mean", hasBiases))];
        Pooled.AssertSame(expected, runtime.Run(new TokenBatch(Texts, padTokenId: 0)), 1e-5);
    }

    private static JsonObject Config(string pooling, bool hasBiases) => new()
    {
        ["architectures"] = new JsonArray("ModernBertForSequenceClassification"),
        ["model_type"] = "modernbert",
        ["vocab_size"] = Vocabulary,
        ["hidden_size"] = Hidden,
        ["intermediate_size"] = Inner,
        ["num_attention_heads"] = Heads,
        ["num_hidden_layers"] = Layers,
        ["norm_eps"] = Epsilon,
        ["norm_bias"] = hasBiases,
        ["attention_bias"] = hasBiases,
        ["mlp_bias"] = hasBiases,
        ["classifier_bias"] = hasBiases,
        ["classifier_pooling"] = pooling,
        ["local_attention"] = 2 * Reach,
        ["global_attn_every_n_layers"] = 2,
        ["global_rope_theta"] = 700.0,
        ["local_rope_theta"] = 50.0,
        ["num_labels"] = Labels,
    };

    private static RandomCheckpoint Weights(bool hasBiases)
    {
        var weights = new RandomCheckpoint();
        weights.Add("model.embeddings.tok_embeddings.weight", Vocabulary, Hidden);
        AddNorm("model.embeddings.norm");
        for (int i = 0; i < Layers; i++)
        {
            string layer = $"model.layers.{i}.";
            if (i > 0)
            {
                AddNorm(layer + "attn_norm");
            }

            AddNorm(layer + "mlp_norm");
            weights.AddLayer(layer + "attn.Wqkv", 3 * Hidden, Hidden, hasBiases).AddLayer(layer + "attn.Wo", Hidden, Hidden, hasBiases)
                .AddLayer(layer + "mlp.Wi", 2 * Inner, Hidden, hasBiases).AddLayer(layer + "mlp.Wo", Hidden, Inner, hasBiases);
        }

        AddNorm("model.final_norm");
        AddNorm("head.norm");
        return weights.AddLayer("head.dense", Hidden, Hidden, hasBiases).AddLayer("classifier", Labels, Hidden);

        void AddNorm(string name) => _ = hasBiases ? weights.AddNorm(name, Hidden) : weights.Add(name + ".weight", Hidden);
    }

    private static double[] Logits(RandomCheckpoint weights, int[] ids, bool isMean, bool hasBiases)
    {
        var slow = new SlowLayers(weights);
        const int Width = Hidden / Heads;
        double[][] x = [.. ids.Select(id => Norm("model.embeddings.norm", slow.Row("model.embeddings.tok_embeddings", id, Hidden)))];
        for (int i = 0; i < Layers; i++)
        {
            string layer = $"model.layers.{i}.";
            double theta = i % 2 == 0 ? 700 : 50;
            double[] angles = [.. Enumerable.Range(0, Width / 2).Select(j => Math.Pow(theta, -2.0 * j / Width))];
            double[][] packed = [.. x.Select(row => slow.Linear(layer + "attn.Wqkv", i == 0 ? row : Norm(layer + "attn_norm", row), hasBiases))];
            double[][] attended = SlowLayers.Attend(packed, Heads, angles, i % 2 == 0 ? ids.Length : Reach);
            x = [.. x.Zip(attended, (row, a) => SlowLayers.Add(row, slow.Linear(layer + "attn.Wo", a, hasBiases)))];
            x = [.. x.Select(row =>
            {
                double[] both = slow.Linear(layer + "mlp.Wi", Norm(layer + "mlp_norm", row), hasBiases);
                double[] gated = [.. Enumerable.Range(0, Inner).Select(n => SlowLayers.Gelu(both[n]) * both[Inner + n])];
                return SlowLayers.Add(row, slow.Linear(layer + "mlp.Wo", gated, hasBiases));
            })];
        }

        x = [.. x.Select(row => Norm("model.final_norm", row))];
        double[] first = isMean ? [.. Enumerable.Range(0, Hidden).Select(h => x.Average(row => row[h]))] : x[0];
        return slow.Linear("classifier", Norm("head.norm", [.. slow.Linear("head.dense", first, hasBiases).Select(SlowLayers.Gelu)]));

        double[] Norm(string name, double[] row) => slow.Norm(name, row, Epsilon, hasBiases);
    }
}
