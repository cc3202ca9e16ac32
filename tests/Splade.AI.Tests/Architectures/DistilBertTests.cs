using System.Text.Json.Nodes;
using Splade.AI.Architectures;
using Splade.AI.Tests.OnnxGraph;
using Splade.AI.Tokenization;
using Splade.AI.Weights;

namespace Splade.AI.Tests.Architectures;

/// <summary>DistilBERT's classifier, which no fixture has: the head in plain loops over the hidden state.</summary>
public sealed class DistilBertTests
{
    private const int Hidden = 32;
    private const int Labels = 3;

    [Fact]
    public void Write_Classifier_GivesTheLogitsOfItsHead()
    {
        using var folder = new TemporaryFolder();
        RandomCheckpoint head = new RandomCheckpoint().AddLayer("pre_classifier", Hidden, Hidden).AddLayer("classifier", Labels, Hidden);
        string model = FixtureGraph.Folder("checkpoint-variants/nonzero-distilbert");
        string weights = folder.Write("model.safetensors", File.ReadAllBytes(Path.Combine(model, "model.safetensors")));
        Checkpoint encoder = FixtureCheckpoint.Read(folder.Path);
        var both = new Checkpoint([weights, folder.PathOf("weights")], encoder.Tensors.Concat(head.Write(folder).Tensors).ToDictionary());
        TokenBatch batch = TokenBatches.Random(1, 4, 20);
        float[] hidden = Run(both, batch, GraphTask.Encoder);
        var slow = new SlowLayers(head);
        double[] expected = [.. Enumerable.Range(0, batch.Rows).SelectMany(text =>
        {
            double[] first = [.. hidden.AsSpan(text * batch.Length * Hidden, Hidden).ToArray().Select(v => (double)v)];
            return slow.Linear("classifier", [.. slow.Linear("pre_classifier", first).Select(v => Math.Max(v, 0))]);
        })];
        Pooled.AssertSame(expected, Run(both, batch, GraphTask.SequenceClassification), 1e-5);
    }

    [Fact]
    public void Write_SizesUnderTheNamesOfBert_AreItsSizes()
    {
        string folder = FixtureGraph.Folder("checkpoint-variants/nonzero-distilbert");
        byte[] plain = FixtureGraph.Write(folder, GraphTask.MaskedLanguageModel, _ => { }, _ => { }).Model;
        WrittenGraph renamed = FixtureGraph.Write(
            folder,
            GraphTask.MaskedLanguageModel,
            config =>
            {
                foreach ((string own, string other) in new[] { ("dim", "hidden_size"), ("n_heads", "num_attention_heads"), ("n_layers", "num_hidden_layers") })
                {
                    config[other] = config[own]!.DeepClone();
                    config.Remove(own);
                }
            },
            _ => { });
        Assert.Equal(plain, renamed.Model);
        Assert.Empty(renamed.UnknownSettings);
    }

    private static float[] Run(Checkpoint checkpoint, TokenBatch batch, GraphTask task)
    {
        string path = Path.Combine(FixtureGraph.Folder("checkpoint-variants/nonzero-distilbert"), "config.json");
        JsonObject config = JsonNode.Parse(File.ReadAllText(path))!.AsObject();
        config["architectures"] = new JsonArray("DistilBertForSequenceClassification");
        using TestRuntime runtime = FixtureGraph.Load(FixtureGraph.Write(config, path, checkpoint, task));
        return runtime.Run(batch);
    }
}
