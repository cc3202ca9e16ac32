using Splade.AI.Search;

namespace Splade.AI.Tests.Search.Segments;

/// <summary>Files that were merged away are not mapped any longer: their room on the disk is free.</summary>
public sealed class MappedSegmentsTests : IDisposable
{
    private const int Dimensions = 300;

    private readonly string _folder = Directory.CreateTempSubdirectory("splade").FullName;

    [Fact]
    public async Task OptimizeAsync_BesideReaders_LeavesNoMapsOfDeletedFiles()
    {
        if (!OperatingSystem.IsLinux())
        {
            // Others do not tell what is mapped.
            return;
        }

        var vectors = new GeneratedVectors(1);
        using SparseIndex<int> sut = SparseIndex.Open<int>(_folder);
        using var over = new CancellationTokenSource();
        SparseVector query = new([.. Enumerable.Range(0, 20)], [.. Enumerable.Repeat(1f, 20)], Dimensions);
        Task[] readers = [.. Enumerable.Range(0, 4).Select(_ => Threads.Run(() =>
        {
            while (!over.IsCancellationRequested)
            {
                Assert.DoesNotContain(sut.Search(query), hit => !sut.TryGet(hit.Key, out SparseVector? vector) || vector.Count == 0);
            }
        }))];
        int batches = Trials.Of(5, slow: 20);
        for (int i = 0; i < batches; i++)
        {
            sut.Upsert([.. Enumerable.Range(1_100 * i, 1_100).Select(key => (key, vectors.Sparse(Dimensions, 20)))]);
        }

        await sut.ForceMergeAsync();
        await over.CancelAsync();
        await Task.WhenAll(readers);
        string[] maps = [.. (await File.ReadAllLinesAsync("/proc/self/maps")).Where(line => line.Contains(_folder, StringComparison.Ordinal))];
        Assert.DoesNotContain(maps, line => line.Contains("(deleted)", StringComparison.Ordinal));
        Assert.Single(maps);
        Assert.Equal(1_100 * batches, sut.Count);
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);
}
