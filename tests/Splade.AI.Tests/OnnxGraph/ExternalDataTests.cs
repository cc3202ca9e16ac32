using Splade.AI.OnnxGraph;
using Splade.AI.Tokenization;

namespace Splade.AI.Tests.OnnxGraph;

/// <summary>Models whose tensors lie in other files than the graph.</summary>
public sealed class ExternalDataTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("splade-tests-");

    private string ModelPath => Path.Combine(_folder.FullName, "model.onnx");

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public void Rewrite_ModelWithExternalData_GivesTheSame()
    {
        ExternalModel.Write(_folder.FullName);
        AssertRewrites();
    }

    [Fact]
    public void Rewrite_FilesBehindLinks_PointsBehindThem()
    {
        // As the Hugging Face cache has them: named files are links into a folder of blobs.
        ExternalModel.Write(_folder.FullName);
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
        ExternalModel.Write(_folder.FullName);
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
        ExternalModel.Write(_folder.FullName, location);
        using OnnxFile file = OnnxFile.Open(ModelPath);
        Decoder decoder = DecoderFinder.Find(file, ModelVariant.Vocabulary).Decoder!;
        var error = Assert.Throws<SpladeModelException>(() => new DecoderReader(file, decoder).ReadRows(0, new float[ModelVariant.Hidden]));
        Assert.Contains($"'{location}', expected a file in the model's folder", error.Message, StringComparison.Ordinal);
        Assert.Throws<SpladeModelException>(() => new ModelRewriter(file, decoder).TileMaxPooling());
    }

    [Fact]
    public void FindFiles_TensorsInConstantsAndSubgraphs_AreFoundTooAndOnce()
    {
        ProtoWriter inner = new ProtoWriter()
            .Message(OnnxFields.Graph.Initializer, Tensor("a"))
            .Message(OnnxFields.Graph.Node, Node(OnnxFields.Attribute.Tensor, Tensor("b")));
        ProtoWriter graph = new ProtoWriter()
            .Message(OnnxFields.Graph.Node, Node(OnnxFields.Attribute.Graph, inner))
            .Message(OnnxFields.Graph.Node, Node(OnnxFields.Attribute.Tensor, Tensor("c")))
            .Message(OnnxFields.Graph.Initializer, Tensor("d/e"))
            .Message(OnnxFields.Graph.Initializer, Tensor("a"));
        using OnnxFile file = OnnxFile.Parse(new ProtoWriter().Message(OnnxFields.Model.Graph, graph).ToArray(), ModelPath);
        IEnumerable<string> found = file.FindFiles().Select(f => Path.GetRelativePath(_folder.FullName, f).Replace('\\', '/'));
        Assert.Equal(["a", "b", "c", "d/e", "model.onnx"], found.Order());

        static ProtoWriter Tensor(string location) => new ProtoWriter()
            .Text(OnnxFields.Tensor.Name, location)
            .Varint(OnnxFields.Tensor.DataLocation, 1)
            .Message(OnnxFields.Tensor.ExternalData, new ProtoWriter().Text(OnnxFields.Entry.Key, "location").Text(OnnxFields.Entry.Value, location));

        static ProtoWriter Node(int kind, ProtoWriter value) => new ProtoWriter().Message(OnnxFields.Node.Attribute, new ProtoWriter().Message(kind, value));
    }

    [Fact]
    public void Read_FileTooShort_SaysHowMuchIsMissing()
    {
        ExternalModel.Write(_folder.FullName);
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
