using System.Text.Json;
using Splade.AI.Architectures.Names;
using Splade.AI.Architectures.Pieces;
using Splade.AI.Architectures.Settings;
using Splade.AI.Architectures.Tables;
using Splade.AI.OnnxGraph;
using Splade.AI.Weights;

namespace Splade.AI.Architectures;

/// <summary>Writes the graph that a checkpoint lacks: what its configuration describes, over the weights where they lie.</summary>
/// <remarks>
/// Plain operators, which ONNX Runtime fuses as it does those of exported files, but for products. No weight is read: the graph points into the files.
/// </remarks>
internal static class ModelGraph
{
    /// <summary>The least that has an operator for layer normalisation.</summary>
    private const int Opset = 17;

    /// <param name="config">The root of <c>config.json</c>.</param>
    /// <param name="configPath">Where that file is.</param>
    /// <param name="checkpoint">The weights.</param>
    /// <param name="task">What the graph is to give.</param>
    /// <param name="isPortable">Whether other runtimes than ONNX Runtime are to read it.</param>
    /// <exception cref="SpladeModelException">
    /// The configuration describes a model that there is no graph for, or the weights are not those of the model that it describes.
    /// </exception>
    public static WrittenGraph Write(JsonElement config, string configPath, Checkpoint checkpoint, GraphTask task, bool isPortable = false)
    {
        var settings = new ModelConfig(config, configPath);
        Requirements.Require(settings);
        Family family = Family.Find(settings, task);
        Architecture architecture = family.Describe(settings);
        Requirements.RequireNoRelative(settings, architecture);
        IReadOnlyList<string> head = HeadOf(architecture, task);
        var names = new TensorNames(checkpoint, architecture);
        LeftOvers.RequirePrefix(names, architecture, head);
        var weights = new ModelWeights(names, checkpoint.Files[0], family.ClassFor(task));
        var folder = InitializerFolder.Of(checkpoint.Files);
        var graph = new GraphBuilder();
        WriteParts(graph, WithWords(architecture, weights), new WeightWriter(graph, weights, folder, isPortable), settings, task);
        IReadOnlyList<string> unknown = LeftOvers.Check(names, weights.Used, architecture, head, family.ClassFor(task));
        return new WrittenGraph(graph.ToModel(Opset), folder, checkpoint.Files, ShortNames.Few([.. settings.Unknown(), .. unknown]))
        {
            MaxTokens = architecture.Embeddings.MaxTokens,
        };
    }

    private static void WriteParts(GraphBuilder graph, Architecture architecture, WeightWriter weights, ModelConfig settings, GraphTask task)
    {
        var constants = new Constants(graph);
        var layers = new LayerWriter(graph, constants, weights);
        var inputs = new TokenInputs(graph, constants, architecture.Embeddings.FeedsTypes);
        var heads = new HeadWriter(graph, constants, layers, weights);
        LookupTable words = architecture.Embeddings.Word;
        string hidden = new EncoderWriter(graph, constants, layers, inputs).Write(architecture);
        switch (task)
        {
            case GraphTask.MaskedLanguageModel:
                Give("logits", heads.Write(architecture.MaskedHead, words, hidden), "batch", "tokens", words.Rows);
                break;
            case GraphTask.SequenceClassification:
                int labels = LabelCount.Read(settings) ?? weights.Weights.RowsOf(architecture.ClassificationHead.Classifier + ".weight");
                Give("logits", heads.Write(architecture.ClassificationHead, labels, hidden, inputs.Mask), "batch", labels);
                break;
            default:
                Give("last_hidden_state", hidden, "batch", "tokens", words.Width);
                break;
        }

        void Give(string output, string value, params ReadOnlySpan<GraphDimension> shape)
        {
            graph.NodeGiving(output, "Identity", [value]);
            graph.Output(output, OnnxElementType.Float, shape);
        }
    }

    // A tied table is stored once, under either name.
    private static Architecture WithWords(Architecture architecture, ModelWeights weights)
    {
        LookupTable words = architecture.Embeddings.Word;
        LookupTable decoder = architecture.MaskedHead.Decoder;
        return architecture.MaskedHead.MayBeTied && !weights.Has(words.Name + ".weight") && weights.Has(decoder.Name + ".weight")
            ? architecture with { Embeddings = architecture.Embeddings with { Word = decoder } }
            : architecture;
    }

    private static IReadOnlyList<string> HeadOf(Architecture architecture, GraphTask task) => task switch
    {
        GraphTask.MaskedLanguageModel => architecture.MaskedHead.Roots,
        GraphTask.SequenceClassification => architecture.ClassificationHead.Roots,
        _ => [],
    };
}
