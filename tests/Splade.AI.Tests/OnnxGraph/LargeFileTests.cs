using Splade.AI.OnnxGraph;

namespace Splade.AI.Tests.OnnxGraph;

/// <summary>A file of more than 2 GB, most of which is a hole.</summary>
public sealed class LargeFileTests : IDisposable
{
    private const long Hole = 3_000_000_000;

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("splade-tests-");

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public void Rewrite_TensorsBehindTwoGigabytes_PointsToThem()
    {
        float[] numbers = [.. Enumerable.Range(0, 2000).Select(i => (float)i)];
        string path = Path.Combine(_folder.FullName, "model.onnx");
        Write(path, numbers);
        using OnnxFile file = OnnxFile.Open(path);
        float[] read = new float[1000];
        TensorReader.Read(file, file.Initializers["numbers"], 1000, read);
        Assert.Equal(numbers[1000..], read);
        float[] last = [1];
        TensorReader.Read(file, file.Initializers["hole"], (Hole / sizeof(float)) - 1, last);
        Assert.Equal([0], last);
        RewrittenModel model = Rewrite(file, RewriteSettings.Default);
        Assert.InRange(model.Model.Length, 1, 1000);
        using TestRuntime runtime = TestRuntime.Load(model);
        Assert.Equal(numbers.Select(n => -n), runtime.Run(TokenBatches.Random(1, 1)));
    }

    [Fact]
    public void Rewrite_MoreThanTwoGigabytesToCarry_IsRefused()
    {
        string path = Path.Combine(_folder.FullName, "model.onnx");
        Write(path, [1, 2]);
        using OnnxFile file = OnnxFile.Open(path);
        var edit = new GraphEdit(file);
        string output = edit.New.Node("Neg", ["hole"]);
        var error = Assert.Throws<SpladeModelException>(() => edit.Finish(output, 1, rank: 1, RewriteSettings.CarryAll));
        Assert.Contains("Save it with external data", error.Message, StringComparison.Ordinal);
    }

    private static RewrittenModel Rewrite(OnnxFile file, RewriteSettings settings)
    {
        var edit = new GraphEdit(file);
        return edit.Finish(edit.New.Node("Neg", ["numbers"]), width: 2000, rank: 1, settings);
    }

    private static void Write(string path, float[] numbers)
    {
        const long Count = Hole / sizeof(float);
        byte[] start = new ProtoWriter()
            .Varint(OnnxFields.Tensor.Dimensions, Count).Varint(OnnxFields.Tensor.ElementType, 1).Text(OnnxFields.Tensor.Name, "hole")
            .Header(OnnxFields.Tensor.RawData, Hole).ToArray();
        var behind = new GraphBuilder();
        behind.Floats("numbers", [numbers.Length], numbers);
        byte[] end = [.. behind.Fields.SelectMany(f => new ProtoWriter().Copy(f.Whole).ToArray())];
        byte[] tensor = new ProtoWriter().Header(OnnxFields.Graph.Initializer, start.Length + Hole).ToArray();
        byte[] opset = new ProtoWriter().Message(OnnxFields.Model.OpsetImport, new ProtoWriter().Varint(OnnxFields.Opset.Version, 17)).ToArray();
        using FileStream stream = File.Create(path);
        stream.Write(new ProtoWriter().Varint(OnnxFields.Model.IrVersion, 8).ToArray());
        stream.Write(opset);
        stream.Write(new ProtoWriter().Header(OnnxFields.Model.Graph, tensor.Length + start.Length + Hole + end.Length).ToArray());
        stream.Write(tensor);
        stream.Write(start);
        stream.Seek(Hole, SeekOrigin.Current);
        stream.Write(end);
    }
}
