using Splade.AI.OnnxGraph;

namespace Splade.AI.Tests.OnnxGraph;

/// <summary>The small fixture with its tensors in another file than the graph.</summary>
internal static class ExternalModel
{
    /// <summary>The file of the tensors.</summary>
    public const string Weights = "weights.bin";

    /// <summary>Writes <c>model.onnx</c> with all its big tensors in <see cref="Weights"/>, said to be at a location.</summary>
    public static void Write(string folder, string location = Weights)
    {
        // What points into the fixture points into a copy of it: the copy is the side file.
        string weights = Path.Combine(folder, Weights);
        File.Copy(FixtureModels.PathOf(FixtureModels.Small), weights);
        using OnnxFile file = OnnxFile.Open(weights);
        byte[] model = new GraphEdit(file).Finish("logits", ModelVariant.Vocabulary, rank: 3, RewriteSettings.Default).Model;
        File.WriteAllBytes(Path.Combine(folder, "model.onnx"), Relocate(model, location));
    }

    private static byte[] Relocate(byte[] model, string location)
    {
        using OnnxFile file = OnnxFile.Parse(model, Weights);
        var graph = new ProtoWriter();
        foreach (ProtoField field in file.GraphFields)
        {
            OnnxTensor? tensor = field.Number == OnnxFields.Graph.Initializer ? TensorDecoder.Decode(field.Content) : null;
            if (tensor?.Storage is TensorStorage.External external)
            {
                graph.Message(field.Number, InitializerPointers.Point(tensor, tensor.Name, new ExternalPlace(location, external.Offset, external.Length)));
            }
            else
            {
                graph.Copy(field.Whole);
            }
        }

        var copy = new ProtoWriter();
        foreach (ProtoField field in file.Fields)
        {
            _ = field == file.GraphField ? copy.Message(field.Number, graph) : copy.Copy(field.Whole);
        }

        return copy.ToArray();
    }
}
