using Microsoft.ML.OnnxRuntime;
using Splade.AI.Onnx;
using Splade.AI.OnnxGraph;

namespace Splade.AI.Tests.OnnxGraph;

public sealed class GraphBuilderTests
{
    [Fact]
    public void ToModel_FromScratch_RunsInOnnxRuntime()
    {
        var graph = new GraphBuilder();
        graph.Input("x", OnnxElementType.Float, null, 2);
        string product = graph.Node("MatMul", ["x", graph.Floats("w", [2, 3], [1, 2, 3, 4, 5, 6])]);
        string sum = graph.Node("ReduceSum", [product, graph.Integers(1)], NodeAttribute.Int("keepdims", 0));
        graph.Output(sum, OnnxElementType.Float, [null]);
        OnnxRuntimeStart.Ensure();
        using var session = new InferenceSession(graph.ToModel(opset: 18));
        using var options = new RunOptions();
        using var x = OrtValue.CreateTensorValueFromMemory(new float[] { 1, 0, 0, 1 }, [2, 2]);
        using IDisposableReadOnlyCollection<OrtValue> outputs = session.Run(options, ["x"], [x], [sum]);
        Assert.Equal([6, 15], outputs[0].GetTensorDataAsSpan<float>().ToArray());
    }

    [Fact]
    public void ToModel_Parsed_IsWhatWasWritten()
    {
        var graph = new GraphBuilder();
        graph.Input("x", OnnxElementType.Int64, null, 7);
        string output = graph.Node("Cast", ["x"], NodeAttribute.Int("to", 1), NodeAttribute.Float("f", 0.5f), NodeAttribute.Ints("many", -1, 3));
        graph.Output(output, OnnxElementType.Float);
        using OnnxFile file = OnnxFile.Parse(graph.ToModel(opset: 17), "model.onnx");
        Assert.Equal(17, file.Opset);
        Assert.Equal([null, 7], Assert.Single(file.Inputs).Dimensions!);
        OnnxNode node = Assert.Single(file.Nodes);
        Assert.Equal(("Cast", 1L, 0.5f), (node.Kind, node.Int("to", 0), node.Float("f", 0)));
        Assert.Equal([-1, 3], node.Attributes["many"].Ints);
        Assert.Same(node, file.Producer(output));
    }

    [Fact]
    public void Node_NamesInUse_GetsAnother()
    {
        var graph = new GraphBuilder(["Add", "Add_1", "bias"]);
        Assert.Equal("Add_2", graph.Node("Add", ["x", "y"]));
        Assert.Equal("Add_3", graph.Node("Add", ["x", "y"]));
        Assert.Equal("bias_1", graph.Floats("bias", [1], [0]));
    }

    [Fact]
    public void Node_SeveralOutputsAndNamesOfOthers_AreWritten()
    {
        var graph = new GraphBuilder(["old"]);
        graph.Input("x", OnnxElementType.Float, null);
        string[] parts = graph.Node("DynamicQuantizeLinear", ["x"], outputs: 3);
        graph.NodeGiving("old", "DequantizeLinear", parts);
        graph.Output("old", OnnxElementType.Float, [null]);
        using OnnxFile file = OnnxFile.Parse(graph.ToModel(opset: 17), "model.onnx");
        Assert.Equal(3, parts.Distinct().Count());
        Assert.Equal(parts, file.Producer("old")!.Inputs);
        Assert.Equal(parts, file.Producer(parts[2])!.Outputs);
    }

    [Fact]
    public void Constant_InAnotherFile_IsReadFromThere()
    {
        using var folder = new TemporaryFolder();
        folder.Write("weights", [9, .. BitConverter.GetBytes(2f), .. BitConverter.GetBytes(3f), 9]);
        var graph = new GraphBuilder();
        graph.Input("x", OnnxElementType.Float, "texts", 2);
        string factor = graph.Constant("w", OnnxElementType.Float, [2], new ExternalPlace("weights", Offset: 1, Length: 8));
        string product = graph.Node("Mul", ["x", factor]);
        graph.Output(product, OnnxElementType.Float, "texts", 2);
        OnnxRuntimeStart.Ensure();
        using var settings = new SessionOptions();
        settings.AddSessionConfigEntry("session.model_external_initializers_file_folder_path", folder.Path);
        using var session = new InferenceSession(graph.ToModel(opset: 17), settings);
        using var options = new RunOptions();
        using var x = OrtValue.CreateTensorValueFromMemory(new float[] { 1, 10 }, [1, 2]);
        using IDisposableReadOnlyCollection<OrtValue> outputs = session.Run(options, ["x"], [x], [product]);
        Assert.Equal([2, 30], outputs[0].GetTensorDataAsSpan<float>().ToArray());
        Assert.Equal(["texts", ""], session.InputMetadata["x"].SymbolicDimensions);
        Assert.Equal([-1, 2], session.OutputMetadata[product].Dimensions);
    }
}
