using Splade.AI.ModelFiles;
using Splade.AI.OnnxGraph;
using Splade.AI.Tests.OnnxGraph;
using Splade.AI.Tests.TestDoubles;
using Splade.AI.Tokenization;

namespace Splade.AI.Tests.ModelFiles;

/// <summary>Exported files are run by ONNX Runtime alone, from a folder that has nothing else.</summary>
public sealed class ModelExporterTests : IDisposable
{
    private static readonly TokenBatch Batch = new([[2, 17, 230, 41, 3], [2, 99, 3]], padTokenId: 0);

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("random-bert-sum", "onnx/model.onnx")]
    [InlineData("random-distilbert-cased", "onnx/model.onnx")]
    [InlineData("random-roberta-bpe", "onnx/model.onnx")]
    [InlineData("random-modernbert-bpe", "onnx/model.onnx")]
    [InlineData("random-cross-encoder", "onnx/model.onnx")]
    public async Task ExportOnnxAsync_Weights_GiveWhatTheExportOfTheOriginGives(string model, string origin)
    {
        IReadOnlyList<string> files = await ModelExporter.ExportOnnxAsync(Folder(model), _folder.PathOf("out.onnx"), "model.safetensors");

        Assert.Equal([_folder.PathOf("out.onnx")], files);
        Assert.Equal(files, Directory.GetFiles(_folder.Path));
        using TestRuntime expected = TestRuntime.Load(Path.Combine(Folder(model), origin));
        using TestRuntime actual = TestRuntime.Load(files[0]);
        AssertClose(expected.Run(Batch), actual.Run(Batch));
        using OnnxFile written = OnnxFile.Open(files[0]);
        Assert.All(written.Nodes, node => Assert.True(node.IsStandard, node.Kind));
    }

    [Theory]
    [InlineData("checkpoint-variants/float16")]
    [InlineData("checkpoint-variants/torch-views")]
    [InlineData("checkpoint-variants/sharded")]
    [InlineData("checkpoint-variants/dense-mean")]
    [InlineData("inference-free-idf")]
    public async Task ExportOnnxAsync_OtherFolders_GiveWhatIsLoadedFromThem(string model)
    {
        IReadOnlyList<string> files = await ModelExporter.ExportOnnxAsync(Folder(model), _folder.PathOf("out.onnx"));

        using TestRuntime actual = TestRuntime.Load(files[0]);
        float[] numbers = actual.Run(Batch);
        Assert.All(numbers, n => Assert.True(float.IsFinite(n)));
        await ModelExporter.ExportOnnxAsync(Folder(model), _folder.PathOf("again.onnx"));
        Assert.Equal(await File.ReadAllBytesAsync(files[0]), await File.ReadAllBytesAsync(_folder.PathOf("again.onnx")));
    }

    [Fact]
    public async Task ExportOnnxAsync_ItsOwnFile_IsAModelOfTheSameVectors()
    {
        using TemporaryModel model = TemporaryModel.CopyOf(Folder("checkpoint-variants/nonzero-bert"));
        await using SpladeEngine weights = await SpladeEngine.CreateAsync(model.Folder);
        SparseVector expected = (await weights.EncodeAsync(["Mars is called the Red Planet."]))[0].Vector;

        await ModelExporter.ExportOnnxAsync(model.Folder, model.PathOf("model.onnx"));

        await using SpladeEngine exported = await SpladeEngine.CreateAsync(model.Folder);
        Assert.Equal(model.PathOf("model.onnx"), exported.Model.ModelFile);
        SparseVector actual = (await exported.EncodeAsync(["Mars is called the Red Planet."]))[0].Vector;
        Assert.Equal(expected.Indices, actual.Indices);
        AssertClose(expected.Values.ToArray(), actual.Values.ToArray());
    }

    [Fact]
    public void Write_MoreThanAFileHolds_PutsTheWeightsBesideIt()
    {
        GraphSource graph = GraphOf("checkpoint-variants/nonzero-distilbert");
        string inside = ModelExport.Write(graph, _folder.PathOf("inside.onnx"))[0];

        IReadOnlyList<string> files = ModelExport.Write(graph, _folder.PathOf("beside.onnx"), mostInside: 100_000);

        Assert.Equal([_folder.PathOf("beside.onnx"), _folder.PathOf("beside.onnx.data")], files);
        Assert.True(new FileInfo(files[0]).Length < 100_000);
        using TestRuntime expected = TestRuntime.Load(inside);
        using TestRuntime actual = TestRuntime.Load(files[0]);
        Assert.Equal(expected.Run(Batch), actual.Run(Batch));
    }

    [Theory]
    [InlineData("out.onnx")]
    [InlineData("out.onnx.data")]
    public void Write_FileThatIsThere_IsRefusedAndKept(string name)
    {
        _folder.Write(name, "mine");

        var error = Assert.Throws<IOException>(
            () => ModelExport.Write(GraphOf("checkpoint-variants/nonzero-distilbert"), _folder.PathOf("out.onnx"), mostInside: 100_000));

        Assert.Contains(name, error.Message, StringComparison.Ordinal);
        Assert.Equal([_folder.PathOf(name)], Directory.GetFiles(_folder.Path));
        Assert.Equal("mine", File.ReadAllText(_folder.PathOf(name)));
    }

    [Fact]
    public void Write_FileThatAppearsMeanwhile_IsKeptAndNothingIsLeft()
    {
        string path = _folder.PathOf("out.onnx");
        var progress = new ImmediateProgress<double>(_ => File.WriteAllText(path, "mine"));

        Assert.ThrowsAny<IOException>(() => ModelExport.Write(GraphOf("checkpoint-variants/nonzero-distilbert"), path, progress, mostInside: 100_000));

        Assert.Equal([path], Directory.GetFiles(_folder.Path));
        Assert.Equal("mine", File.ReadAllText(path));
    }

    [Fact]
    public async Task ExportOnnxAsync_TwoAtOnce_OneWinsAndIsWhole()
    {
        string path = _folder.PathOf("out.onnx");
        Task<IReadOnlyList<string>>[] exports =
            [.. Enumerable.Range(0, 4).Select(_ => ModelExporter.ExportOnnxAsync(Folder("checkpoint-variants/nonzero-bert"), path))];
        await Task.WhenAll(exports).ContinueWith(_ => { }, TaskScheduler.Default);

        Assert.Contains(exports, export => export.IsCompletedSuccessfully);
        Assert.All(exports.Where(export => export.IsFaulted), export => Assert.IsAssignableFrom<IOException>(export.Exception!.InnerException));
        Assert.Equal([path], Directory.GetFiles(_folder.Path));
        TestRuntime.Load(path).Dispose();
    }

    [Fact]
    public async Task ExportOnnxAsync_FolderThatIsNotThere_IsNamed()
    {
        var error = await Assert.ThrowsAsync<DirectoryNotFoundException>(
            () => ModelExporter.ExportOnnxAsync(Folder("checkpoint-variants/nonzero-bert"), _folder.PathOf("no/out.onnx")));
        Assert.StartsWith(_folder.PathOf("no/out.onnx"), error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task ExportOnnxAsync_Cancelled_LeavesNothing()
    {
        using var source = new CancellationTokenSource();
        var progress = new ImmediateProgress<double>(_ => source.Cancel());

        await Assert.ThrowsAnyAsync<OperationCanceledException>(
            () => ModelExporter.ExportOnnxAsync(Folder("checkpoint-variants/nonzero-bert"), _folder.PathOf("out.onnx"), progress: progress, cancellationToken: source.Token));

        Assert.Empty(Directory.GetFiles(_folder.Path));
    }

    [Fact]
    public async Task ExportOnnxAsync_Progress_EndsAtOne()
    {
        var shares = new List<double>();
        await ModelExporter.ExportOnnxAsync(Folder("checkpoint-variants/nonzero-bert"), _folder.PathOf("out.onnx"), progress: new ImmediateProgress<double>(shares.Add));
        Assert.Equal(1, shares[^1]);
        Assert.Equal(shares.Order(), shares);
    }

    private static string Folder(string model) => Path.Combine(Repository.TestData, "models", model);

    private static GraphSource GraphOf(string model) => SpladeModel.Read(Folder(model)).Transformer.Source.Graph;

    private static void AssertClose(float[] expected, float[] actual)
    {
        Assert.Equal(expected.Length, actual.Length);
        Assert.All(expected.Zip(actual), pair => Assert.Equal(pair.First, pair.Second, 2e-5f));
    }
}
