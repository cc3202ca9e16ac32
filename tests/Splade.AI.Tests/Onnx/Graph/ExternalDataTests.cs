using Splade.AI.Onnx.Graph;
using Splade.AI.Tokenization;

namespace Splade.AI.Tests.Onnx.Graph;

/// <summary>Models whose tensors lie in other files than the graph.</summary>
public sealed class ExternalDataTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("splade-tests-");

    private string ModelPath => Path.Combine(_folder.FullName, "model.onnx");

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public void Rewrite_ModelWithExternalData_GivesTheSame()
    {
        MoveTensorsOut();
        AssertRewrites();
    }

    [Fact]
    public void Rewrite_FilesBehindLinks_PointsBehindThem()
    {
        // As the Hugging Face cache has them: named files are links into a folder of blobs.
        MoveTensorsOut();
        string blobs = _folder.CreateSubdirectory("blobs").FullName;
        foreach ((string name, string blob) in new[] { ("model.onnx", "1f"), ("weights.bin", "2e") })
        {
            File.Move(Path.Combine(_folder.FullName, name), Path.Combine(blobs, blob));
            File.CreateSymbolicLink(Path.Combine(_folder.FullName, name), Path.Combine("blobs", blob));
        }

        Assert.Equal(blobs, AssertRewrites().InitializerFolder);
    }

    [Fact]
    public void Rewrite_ModelBehindALink_PointsBehindIt()
    {
        string blobs = _folder.CreateSubdirectory("blobs").FullName;
        File.Copy(FixtureModels.PathOf(FixtureModels.Small), Path.Combine(blobs, "1f"));
        File.CreateSymbolicLink(ModelPath, Path.Combine("blobs", "1f"));
        Assert.Equal(blobs, AssertRewrites().InitializerFolder);
    }

    [Fact]
    public void Rewrite_LinksThatLeaveTheFolder_PointsBehindThem()
    {
        // The layout of the Hugging Face cache itself: snapshots beside blobs.
        MoveTensorsOut();
        string blobs = _folder.CreateSubdirectory("cache/blobs").FullName;
        string snapshot = _folder.CreateSubdirectory("cache/snapshots/main").FullName;
        foreach ((string name, string blob) in new[] { ("model.onnx", "1f"), ("weights.bin", "2e") })
        {
            File.Move(Path.Combine(_folder.FullName, name), Path.Combine(blobs, blob));
            File.CreateSymbolicLink(Path.Combine(snapshot, name), Path.Combine("..", "..", "blobs", blob));
        }

        string model = Path.Combine(snapshot, "model.onnx");
        Assert.Equal(blobs, AssertRewrites(model).InitializerFolder);
    }

    [Fact]
    public void Rewrite_FolderBehindALinkWithLinksInIt_PointsToTheirTargets()
    {
        // A link to a snapshot of the cache: the links in it are relative to where the snapshot is, not to where it is reached.
        string blobs = _folder.CreateSubdirectory("cache/blobs").FullName;
        string snapshot = _folder.CreateSubdirectory("cache/snapshots/main").FullName;
        File.Copy(FixtureModels.PathOf(FixtureModels.Small), Path.Combine(blobs, "1f"));
        File.CreateSymbolicLink(Path.Combine(snapshot, "model.onnx"), Path.Combine("..", "..", "blobs", "1f"));
        Directory.CreateSymbolicLink(Path.Combine(_folder.FullName, "mine"), snapshot);
        Assert.Equal(blobs, AssertRewrites(Path.Combine(_folder.FullName, "mine", "model.onnx")).InitializerFolder);
    }

    [Theory]
    [InlineData("../weights.bin")]
    [InlineData("a/../../weights.bin")]
    [InlineData("..\\weights.bin")]
    [InlineData("/etc/hostname")]
    [InlineData("C:\\weights.bin")]
    [InlineData("")]
    public void Read_LocationOutsideTheFolder_IsRefused(string location)
    {
        MoveTensorsOut(location);
        using OnnxFile file = OnnxFile.Open(ModelPath);
        Decoder decoder = DecoderFinder.Find(file, ModelVariant.Vocabulary).Decoder!;
        var error = Assert.Throws<SpladeModelException>(() => new DecoderReader(file, decoder).ReadRows(0, new float[ModelVariant.Hidden]));
        Assert.Contains($"'{location}', expected a file in the model's folder", error.Message, StringComparison.Ordinal);
        Assert.Throws<SpladeModelException>(() => new ModelRewriter(file, decoder).TileMaxPooling());
    }

    [Fact]
    public void Read_FileTooShort_SaysHowMuchIsMissing()
    {
        MoveTensorsOut();
        string weights = Path.Combine(_folder.FullName, "weights.bin");
        using (FileStream stream = File.OpenWrite(weights))
        {
            stream.SetLength(1000);
        }

        using OnnxFile file = OnnxFile.Open(ModelPath);
        Decoder decoder = DecoderFinder.Find(file, ModelVariant.Vocabulary).Decoder!;
        var error = Assert.Throws<SpladeModelException>(() => new DecoderReader(file, decoder).ReadRows(0, new float[ModelVariant.Hidden]));
        Assert.Equal(weights, error.Path);
        Assert.Contains("The file has 1000 bytes", error.Message, StringComparison.Ordinal);
    }

    /// <summary>Copies the small fixture with all its big tensors in <c>weights.bin</c>, said to be at a location.</summary>
    private void MoveTensorsOut(string location = "weights.bin")
    {
        string fixture = FixtureModels.PathOf(FixtureModels.Small);

        // What points into the fixture points into a copy of it: the copy is the side file.
        File.Copy(fixture, Path.Combine(_folder.FullName, "weights.bin"));
        using OnnxFile file = OnnxFile.Open(Path.Combine(_folder.FullName, "weights.bin"));
        byte[] model = new GraphEdit(file).Finish("logits", ModelVariant.Vocabulary, rank: 3, RewriteSettings.Default).Model;
        File.WriteAllBytes(ModelPath, Relocate(model, location));
    }

    private static byte[] Relocate(byte[] model, string location)
    {
        using OnnxFile file = OnnxFile.Parse(model, "weights.bin");
        var graph = new ProtoWriter();
        foreach (ProtoField field in file.GraphFields)
        {
            OnnxTensor? tensor = field.Number == OnnxFields.Graph.Initializer ? TensorDecoder.Decode(field.Content) : null;
            if (tensor?.Storage is TensorStorage.External external)
            {
                graph.Message(field.Number, InitializerPointers.Point(tensor, tensor.Name, location, external.Offset, external.Length));
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

    private RewrittenModel AssertRewrites() => AssertRewrites(ModelPath);

    private static RewrittenModel AssertRewrites(string path)
    {
        using OnnxFile file = OnnxFile.Open(path);
        Decoder decoder = DecoderFinder.Find(file, ModelVariant.Vocabulary).Decoder!;
        RewrittenModel rewritten = new ModelRewriter(file, decoder).TileMaxPooling();
        using TestRuntime plain = TestRuntime.Load(FixtureModels.PathOf(FixtureModels.Small)), max = TestRuntime.Load(rewritten);
        TokenBatch batch = TokenBatches.Random(3, 12, 4);
        Pooled.AssertSame(Pooled.Max(plain.Run(batch), batch, ModelVariant.Vocabulary), max.Run(batch), 1e-5);
        return rewritten;
    }
}
