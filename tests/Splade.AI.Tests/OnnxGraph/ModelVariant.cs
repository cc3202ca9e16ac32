using System.Runtime.InteropServices;
using Splade.AI.OnnxGraph;

namespace Splade.AI.Tests.OnnxGraph;

/// <summary>The small fixture with another head: the same numbers, or nearly, from another graph. Deleted at the end of the test.</summary>
internal sealed class ModelVariant : IDisposable
{
    public const int Vocabulary = 3000;
    public const int Hidden = 32;

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("splade-tests-");

    private ModelVariant(Func<Head, string> write)
    {
        using OnnxFile file = OnnxFile.Open(FixtureModels.PathOf(FixtureModels.Small));
        Decoder decoder = DecoderFinder.Find(file, Vocabulary).Decoder!;
        var weights = new DecoderReader(file, decoder);
        float[] rows = new float[Vocabulary * Hidden];
        weights.ReadRows(0, rows);
        var edit = new GraphEdit(file);
        string output = write(new Head(edit.New, decoder.HiddenState, rows, weights.ReadBias()));
        RewrittenModel model = edit.Finish(output, Vocabulary, rank: 3, RewriteSettings.CarryAll);
        File.WriteAllBytes(Path, model.Model);
    }

    public string Path => System.IO.Path.Combine(_folder.FullName, "model.onnx");

    /// <param name="write">From the hidden state to the logits; returns their name.</param>
    public static ModelVariant With(Func<Head, string> write) => new(write);

    public void Dispose() => _folder.Delete(recursive: true);

    /// <summary>What a head is written with.</summary>
    /// <param name="Graph">Takes the nodes.</param>
    /// <param name="Hidden">The hidden state.</param>
    /// <param name="Rows">The weight, shape <c>[vocabulary, hidden]</c>.</param>
    /// <param name="Bias">The bias.</param>
    internal sealed record Head(GraphBuilder Graph, string Hidden, float[] Rows, float[] Bias)
    {
        /// <summary>The weight, shape <c>[hidden, vocabulary]</c>.</summary>
        public float[] Columns => [.. Enumerable.Range(0, Rows.Length).Select(i => Rows[(i % Vocabulary * ModelVariant.Hidden) + (i / Vocabulary)])];

        public string RowWeight => Graph.Floats("weight", [Vocabulary, ModelVariant.Hidden], Rows);

        public string ColumnWeight => Graph.Floats("weight", [ModelVariant.Hidden, Vocabulary], Columns);

        public string BiasWeight => Graph.Floats("bias", [Vocabulary], Bias);

        /// <summary>The weight, shape <c>[hidden, vocabulary]</c>, in a node instead of an initializer.</summary>
        public string ColumnWeightNode => Graph.Node("Constant", [], NodeAttribute.Tensor(
            "value", OnnxElementType.Float, [ModelVariant.Hidden, Vocabulary], MemoryMarshal.AsBytes(Columns.AsSpan())));

        public string Flat => Graph.Node("Reshape", [Hidden, Graph.Integers(-1, ModelVariant.Hidden)]);

        /// <summary>Texts and tokens apart again, as they are in the hidden state.</summary>
        public string Unflatten(string logits)
        {
            string size = Graph.Node("Slice", [Graph.Node("Shape", [Hidden]), Graph.Integers(0), Graph.Integers(2)]);
            return Graph.Node("Reshape", [logits, Graph.Node("Concat", [size, Graph.Integers(-1)], NodeAttribute.Int("axis", 0))]);
        }

        public string Half(string name, long[] shape, float[] values) =>
            Graph.Constant(name, OnnxElementType.Float16, shape, MemoryMarshal.AsBytes(values.Select(v => (Half)v).ToArray().AsSpan()));

        public string Cast(string value, OnnxElementType type) => Graph.Node("Cast", [value], NodeAttribute.Int("to", (int)type));
    }
}
