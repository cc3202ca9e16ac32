using System.Diagnostics;
using Splade.AI.OnnxGraph;
using Splade.AI.Onnx;
using Splade.AI.Tests.OnnxGraph;
using Splade.AI.TextEncoding.Scheduling;
using Splade.AI.Tokenization;

namespace Splade.AI.Tests.Onnx;

/// <summary>The session that is opened while the engine lives: its file may not be there any longer.</summary>
public sealed class OnnxSessionsTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("splade-tests-");
    private readonly List<string> _reports = [];

    private string ModelPath => Path.Combine(_folder.FullName, "model.onnx");

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public void For_RunsThatAreSeveral_GivesASessionOfTheirOwn()
    {
        using OnnxSessions sut = Open();
        OnnxSession busy = sut.For(RunLoad.Busy);
        Assert.NotSame(sut.Lone, busy);
        Assert.Same(busy, sut.For(RunLoad.Busy));
        Assert.Same(sut.Lone, sut.For(RunLoad.Lone));
        Assert.Empty(_reports);
    }

    // With the file gone, opening the second session is seen.
    [Fact]
    public void Run_FewRunsThatAreSeveral_OpensNoSecondSessionUntilTheyHaveTakenLong()
    {
        using OnnxSessions sut = Open();
        File.Delete(ModelPath);
        var batch = new TokenBatch([[1, 5, 6, 2]], padTokenId: 0);
        int Run(RunLoad load) => sut.Run(batch, load, outputs => outputs.Count, CancellationToken.None);

        Assert.Equal(Run(RunLoad.Lone), Run(RunLoad.Busy));
        Assert.Empty(_reports);
        var patience = Stopwatch.StartNew();
        while (_reports.Count == 0 && patience.Elapsed < TimeSpan.FromSeconds(30))
        {
            sut.Run(batch, RunLoad.Busy, outputs => { Thread.Sleep(200); return outputs.Count; }, CancellationToken.None);
        }

        Assert.Contains("The file cannot be read", Assert.Single(_reports), StringComparison.Ordinal);
    }

    [Fact]
    public void For_FileThatIsGone_GivesTheFirstSessionAndSaysSoOnce()
    {
        using OnnxSessions sut = Open();
        File.Delete(ModelPath);
        Assert.Same(sut.Lone, sut.For(RunLoad.Busy));
        Assert.Same(sut.Lone, sut.For(RunLoad.Busy));
        Assert.Contains("The file cannot be read", Assert.Single(_reports), StringComparison.Ordinal);
    }

    [Fact]
    public void For_FileThatIsAnotherNow_GivesTheFirstSession()
    {
        using OnnxSessions sut = Open();
        File.Copy(FixtureModels.PathOf(FixtureModels.Small.Replace("model.onnx", "model_dynamo.onnx", StringComparison.Ordinal)), ModelPath, overwrite: true);
        File.SetLastWriteTimeUtc(ModelPath, DateTime.UtcNow.AddMinutes(1));
        Assert.Same(sut.Lone, sut.For(RunLoad.Busy));
        Assert.Contains(ModelPath, Assert.Single(_reports), StringComparison.Ordinal);
    }

    [Fact]
    public void For_ExternalDataThatStayed_GivesASessionOfTheirOwn()
    {
        ExternalModel.Write(_folder.FullName);
        using OnnxSessions sut = OpenThere();
        Assert.NotSame(sut.Lone, sut.For(RunLoad.Busy));
        Assert.Empty(_reports);
    }

    [Fact]
    public void For_ExternalDataThatAreOthersNow_GivesTheFirstSession()
    {
        // Other weights in a file of the same length, put in the place of the old one: the first session may have that mapped.
        ExternalModel.Write(_folder.FullName);
        using OnnxSessions sut = OpenThere();
        string weights = Path.Combine(_folder.FullName, ExternalModel.Weights), others = Path.Combine(_folder.FullName, "others.bin");
        byte[] bytes = File.ReadAllBytes(weights);
        bytes.AsSpan(bytes.Length / 2, 1000).Clear();
        File.WriteAllBytes(others, bytes);
        File.SetLastWriteTimeUtc(others, DateTime.UtcNow.AddMinutes(1));
        File.Move(others, weights, overwrite: true);
        Assert.Same(sut.Lone, sut.For(RunLoad.Busy));
        Assert.StartsWith(weights, Assert.Single(_reports), StringComparison.Ordinal);
    }

    [Fact]
    public void For_ReportThatFails_GivesTheFirstSession()
    {
        using OnnxSessions sut = Open(_ => throw new InvalidOperationException("the disk is full"));
        File.Delete(ModelPath);
        Assert.Same(sut.Lone, sut.For(RunLoad.Busy));
    }

    // What is known of the graph are places in the file.
    [Fact]
    public void Open_OnnxFileReplacedSinceItsGraphWasRead_IsRefused()
    {
        File.Copy(FixtureModels.PathOf(FixtureModels.Small), ModelPath);
        var graph = GraphSource.OfFile(ModelPath);
        graph.Open().Dispose();
        OnnxSession.Open(new OnnxSource(graph), threads: 1).Dispose();
        File.Copy(ModelPath, ModelPath + ".new");
        File.SetLastWriteTimeUtc(ModelPath + ".new", DateTime.UtcNow.AddMinutes(1));
        File.Move(ModelPath + ".new", ModelPath, overwrite: true);
        var error = Assert.Throws<SpladeModelException>(() => OnnxSession.Open(new OnnxSource(graph), threads: 1));
        Assert.Contains("was replaced while the model was loaded", error.Message, StringComparison.Ordinal);
        Assert.Equal(ModelPath, error.Path);
    }

    private OnnxSessions Open(Action<string>? report = null)
    {
        File.Copy(FixtureModels.PathOf(FixtureModels.Small), ModelPath);
        return OpenThere(report);
    }

    private OnnxSessions OpenThere(Action<string>? report = null) =>
        new(new OnnxSource(GraphSource.OfFile(ModelPath)), loneThreads: 2, busyThreads: 1, OnnxDevice.Cpu, report ?? _reports.Add);
}
