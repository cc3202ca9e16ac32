using System.Diagnostics;
using Splade.AI.Search;
using Splade.AI.Search.Segments;
using Splade.AI.Search.Sparse;
using Splade.AI.Search.Storage;

namespace Splade.AI.Tests.Search.Storage;

public sealed class SparseIndexFolderTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    private string Folder => _folder.PathOf("index");

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Open_AfterRandomWrites_HoldsWhatLinqHolds()
    {
        for (int seed = 1; seed <= Trials.Of(1, slow: 3); seed++)
        {
            await CompareWithLinqAsync(seed, key => key);
            await CompareWithLinqAsync(seed, key => $"key {key} \u00e9\ud83d\ude00");
            await CompareWithLinqAsync(seed, key => long.MaxValue - key);
            await CompareWithLinqAsync(seed, key => new Guid(key, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10));
        }
    }

    [Fact]
    public void Open_FolderInUse_IsRefusedUntilItIsDisposed()
    {
        using (StorageProgram.Open(Folder))
        {
            Assert.Contains("Another index", Assert.Throws<SearchStorageException>(() => StorageProgram.Open(Folder)).Message, StringComparison.Ordinal);
        }

        StorageProgram.Open(Folder).Dispose();
    }

    [Fact]
    public async Task Open_FolderInUseByAnotherProcess_IsRefusedUntilThatEnds()
    {
        using Process process = TestProgram.Start("hold", Folder);
        Assert.Equal("open", await process.StandardOutput.ReadLineAsync());
        Assert.Contains("Another index", Assert.Throws<SearchStorageException>(() => StorageProgram.Open(Folder)).Message, StringComparison.Ordinal);
        process.StandardInput.Close();
        await process.WaitForExitAsync();
        StorageProgram.Open(Folder).Dispose();
    }

    [Fact]
    public void Open_FolderOfAnotherModel_IsRefusedWithWhatDiffers()
    {
        var first = new Dictionary<string, string> { ["model"] = "a", ["pooling"] = "max" };
        StorageProgram.Open(Folder, new SearchIndexOptions { EmbeddingSpace = first }).Dispose();
        var other = new Dictionary<string, string> { ["model"] = "b", ["pooling"] = "max", ["policy"] = "p" };
        string message = Assert.Throws<SearchStorageException>(() => StorageProgram.Open(Folder, new SearchIndexOptions { EmbeddingSpace = other })).Message;
        Assert.Contains("model is 'a' in the folder, and 'b' now; policy is not given in the folder, and 'p' now", message, StringComparison.Ordinal);
        Assert.DoesNotContain("pooling", message, StringComparison.Ordinal);
        using SparseIndex<string> sut = StorageProgram.Open(Folder);
        Assert.Equal(first, sut.EmbeddingSpace);
    }

    [Fact]
    public void Open_FolderOfOtherKeysOrVectors_IsRefused()
    {
        StorageProgram.Open(Folder).Dispose();
        Assert.Contains("keys of type string, expected 'sparse' with int", Refusal(() => SparseIndex.Open<int>(Folder)), StringComparison.Ordinal);
        Assert.Contains("kind 'sparse'", Refusal(() => DenseIndex.Open<string>(Folder)), StringComparison.Ordinal);
        Assert.Throws<NotSupportedException>(() => SparseIndex.Open<double>(_folder.PathOf("other")));
        DenseIndex.Open<string>(_folder.PathOf("dense"), SimilarityFunction.Dot).Dispose();
        Assert.Contains("'dense DotProduct'", Refusal(() => DenseIndex.Open<string>(_folder.PathOf("dense"))), StringComparison.Ordinal);
    }

    [Fact]
    public void Open_NewerFormat_IsRefusedWithBothFormats()
    {
        StorageProgram.Open(Folder).Dispose();
        string manifest = Path.Combine(Folder, ManifestFile.Name);
        File.WriteAllText(manifest, File.ReadAllText(manifest).Replace("splade-index 3", "splade-index 4", StringComparison.Ordinal));
        Assert.Contains("Found the format 'splade-index 4', expected 'splade-index 3'", Refusal(() => StorageProgram.Open(Folder)), StringComparison.Ordinal);
    }

    [Fact]
    public void Open_FolderThatCannotBeWrittenTo_IsRefused()
    {
        // Also the superuser may not write here.
        if (!OperatingSystem.IsLinux())
        {
            return;
        }

        Assert.Contains("cannot be made", Refusal(() => StorageProgram.Open("/proc/splade-index")), StringComparison.Ordinal);
        Assert.Contains("cannot be written to", Refusal(() => StorageProgram.Open("/proc/self")), StringComparison.Ordinal);
    }

    [Fact]
    public void Upsert_CancelledInTheMiddle_LeavesTheFolderAsItWas()
    {
        using (SparseIndex<string> sut = StorageProgram.Open(Folder))
        {
            sut.Upsert("a", new SparseVector([0], [1], 3));
            using var cancel = new CancellationTokenSource();
            Assert.Throws<OperationCanceledException>(() => sut.Upsert(Items(), cancel.Token));

            IEnumerable<(string, SparseVector)> Items()
            {
                yield return ("b", new SparseVector([0], [1], 3));
                cancel.Cancel();
                yield return ("c", new SparseVector([0], [1], 3));
            }
        }

        using SparseIndex<string> again = StorageProgram.Open(Folder);
        Assert.Equal(["a"], again.Keys);
    }

    [Fact]
    public void Open_KeysThatAreNoUnicode_AreThereAsTheyWere()
    {
        string[] keys = ["half \ud800", "\udc00 the other half", "", "\ud83d\ude00", "\u00ff"];
        using (SparseIndex<string> sut = StorageProgram.Open(Folder))
        {
            sut.Upsert(keys.Select(key => (key, new SparseVector([0], [1], 3))));
            sut.Upsert(Enumerable.Range(0, 20).Select(i => ($"\ud800 {i}", new SparseVector([0], [1], 3))));
        }

        using SparseIndex<string> again = StorageProgram.Open(Folder);
        Assert.Equal([.. keys, .. Enumerable.Range(0, 20).Select(i => $"\ud800 {i}")], again.Keys);
    }

    [Fact]
    public async Task Upsert_ManyCallers_AllAreThereAfterwards()
    {
        using (SparseIndex<string> sut = StorageProgram.Open(Folder))
        {
            await Parallel.ForEachAsync(Enumerable.Range(0, 400), new ParallelOptions { MaxDegreeOfParallelism = 16 }, (i, _) =>
            {
                sut.Upsert($"key {i}", new SparseVector([i % 5], [1 + i], 5));
                return ValueTask.CompletedTask;
            });
        }

        using SparseIndex<string> again = StorageProgram.Open(Folder);
        Assert.Equal(Enumerable.Range(0, 400).Select(i => $"key {i}").Order(), again.Keys.Order());
        Assert.Equal(400, again.Search(new SparseVector([0, 1, 2, 3, 4], [1, 1, 1, 1, 1], 5), 1000).Count);
    }

    [Fact]
    public async Task Dispose_WhileOthersSearch_LetsThemEndAndRefusesLaterOnes()
    {
        var vectors = new GeneratedVectors(5);
        SparseIndex<string> sut = StorageProgram.Open(Folder);
        sut.Upsert(Enumerable.Range(0, 3000).Select(i => ($"key {i}", vectors.Sparse(ScriptedWrites.Dimensions, 20))));
        SparseVector query = vectors.Sparse(ScriptedWrites.Dimensions, 20);
        IReadOnlyList<SearchHit<string>> expected = sut.Search(query, 50);
        using var started = new CountdownEvent(8);
        Task[] searches = [.. Enumerable.Range(0, 8).Select(_ => Threads.Run(() =>
        {
            started.Signal();
            while (true)
            {
                try
                {
                    Assert.Equal(expected, sut.Search(query, 50));
                }
                catch (ObjectDisposedException)
                {
                    return;
                }
            }
        }))];
        started.Wait();
        sut.Dispose();
        await Task.WhenAll(searches);
        Assert.Throws<ObjectDisposedException>(() => sut.Count);
        Assert.Throws<ObjectDisposedException>(() => sut.Upsert("a", query));
        Assert.Throws<ObjectDisposedException>(() => sut.TryGet("key 1", out _));
        await Assert.ThrowsAsync<ObjectDisposedException>(() => sut.ForceMergeAsync());
        sut.Dispose();
        StorageProgram.Open(Folder).Dispose();
    }

    [Fact]
    public void Dispose_FromAFilter_EndsTheIndexAfterTheSearch()
    {
        SparseIndex<string> sut = StorageProgram.Open(Folder);
        sut.Upsert(Enumerable.Range(0, 100).Select(i => ($"key {i}", new SparseVector([0], [1], 1))));
        Assert.Equal(10, sut.Search(new SparseVector([0], [1], 1), filter: _ =>
        {
            sut.Dispose();
            return true;
        }).Count);
        Assert.Throws<ObjectDisposedException>(() => sut.Search(new SparseVector([0], [1], 1)));
    }

    [Fact]
    public async Task BackupAsync_WhileOthersWrite_IsTheIndexOfOneMoment()
    {
        var writes = new ScriptedWrites(7);
        using SparseIndex<string> sut = StorageProgram.Open(Folder);
        using var stop = new CancellationTokenSource();
        Task writer = Task.Run(() =>
        {
            for (int step = 0; !stop.IsCancellationRequested; step++)
            {
                writes.Do(step, sut);
            }
        });
        for (int i = 0; i < Trials.Of(4, slow: 10); i++)
        {
            string copy = _folder.PathOf($"copy {i}");
            await sut.BackupAsync(copy);
            using SparseIndex<string> copied = StorageProgram.Open(copy);
            Assert.True(IsOfOneMoment(writes, copied), $"copy {i}");
        }

        Assert.Contains("not empty", (await Assert.ThrowsAsync<SearchStorageException>(() => sut.BackupAsync(_folder.PathOf("copy 1")))).Message, StringComparison.Ordinal);
        await stop.CancelAsync();
        await writer;
        Assert.Empty(await sut.VerifyAsync());
        await Assert.ThrowsAsync<InvalidOperationException>(() => new SparseIndex<string>().BackupAsync(_folder.PathOf("none")));
    }

    [Fact]
    public async Task VerifyAsync_DamagedSegment_NamesIt()
    {
        using SparseIndex<string> sut = StorageProgram.Open(Folder);
        sut.Upsert(Enumerable.Range(0, 100).Select(i => ($"key {i}", new SparseVector([i % 7], [1], 7))));
        await sut.WhenMergedAsync();
        Assert.Empty(await sut.VerifyAsync());
        string segment = Assert.Single(Directory.GetFiles(Folder, "segment-*"));
        byte[] bytes = File.ReadAllBytes(segment);
        bytes[5000] ^= 1;
        using (FileStream file = new(segment, FileMode.Open, FileAccess.Write, FileShare.ReadWrite))
        {
            file.Write(bytes);
        }

        IReadOnlyList<SearchStorageException> found = await sut.VerifyAsync();
        Assert.Equal(segment, Assert.Single(found).Path);

        File.Delete(segment);
        found = await sut.VerifyAsync();
        Assert.Equal(segment, Assert.Single(found).Path);
        Assert.Contains("missing", found[0].Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Folder_AfterMerges_HoldsNothingButWhatIsNeeded()
    {
        var writes = new ScriptedWrites(3);
        using (SparseIndex<string> sut = StorageProgram.Open(Folder))
        {
            for (int step = 0; step < 300; step++)
            {
                writes.Do(step, sut);
            }

            await sut.ForceMergeAsync();
            await sut.WhenMergedAsync();
        }

        Assert.Equal(["lock", "log", "manifest", "segment"], Directory.GetFiles(Folder).Select(file => Path.GetFileName(file).Split('-')[0]).Order());
        File.WriteAllText(Path.Combine(Folder, "segment-00009999"), "SPSEG left behind by a process that was killed");
        using SparseIndex<string> again = StorageProgram.Open(Folder);
        Assert.Equal(writes.After(300).Entries.Select(entry => entry.Key), again.Keys);
        Assert.Equal(4, Directory.GetFiles(Folder).Length);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(long.MaxValue)]
    public async Task ForceMerge_InMemoryOrInAFile_MakesTheSameFile(long mostInMemory)
    {
        using var other = new TemporaryFolder();
        foreach (string folder in new[] { Folder, other.PathOf("index") })
        {
            var vectors = new GeneratedVectors(4);
            var table = new SegmentedTable<int, SparseVector>(new SparseSegments()) { TableRows = 8, MostInMemory = folder == Folder ? mostInMemory : 5000 };
            table.Open(folder, new SearchIndexOptions(), CancellationToken.None);
            using var sut = new SparseIndex<int>(new SearchIndexOptions(), table);
            sut.Upsert(Enumerable.Range(0, 300).Select(key => (key, vectors.Sparse(ScriptedWrites.Dimensions, 30))));
            sut.Upsert(Enumerable.Range(200, 300).Select(key => (key, vectors.Sparse(ScriptedWrites.Dimensions, 30))));
            await sut.ForceMergeAsync();
            Assert.Equal(4, Directory.GetFiles(folder).Length);
        }

        Assert.Equal(Segment(Folder), Segment(other.PathOf("index")));

        static byte[] Segment(string folder) => File.ReadAllBytes(Directory.GetFiles(folder, "segment-*").Single());
    }

    [Fact]
    public void Open_FilesFromAnotherTime_AreTheSame()
    {
        var writes = new ScriptedWrites(5);
        for (int step = 0; step < Trials.Of(40, slow: 100); step++)
        {
            using SparseIndex<string> sut = StorageProgram.Open(Folder);
            Assert.Equal(writes.After(step).Entries.Select(entry => entry.Key), sut.Keys);
            writes.Do(step, sut);
            foreach (string file in Directory.GetFiles(Folder))
            {
                // The clock goes back and forth.
                File.SetLastWriteTimeUtc(file, new DateTime(2000 + (step * 7919 % 60), 1, 1, 0, 0, 0, DateTimeKind.Utc));
            }
        }
    }

    private static bool IsOfOneMoment(ScriptedWrites writes, SparseIndex<string> index)
    {
        string[] keys = [.. index.Keys];
        var model = new InsertionOrderedModel<string, SparseVector>();
        for (int step = 0; step < 100_000; step++)
        {
            if (model.Entries.Count() == keys.Length && model.Entries.Select(entry => entry.Key).SequenceEqual(keys)
                && model.Entries.All(entry => index.TryGet(entry.Key, out SparseVector? vector) && vector.Equals(entry.Value)))
            {
                return true;
            }

            writes.Do(step, model);
        }

        return false;
    }

    private static string Refusal(Func<object> open) => Assert.Throws<SearchStorageException>(open).Message;

    private async Task CompareWithLinqAsync<TKey>(int seed, Func<int, TKey> keyOf)
        where TKey : notnull, IEquatable<TKey>
    {
        const int Dimensions = 50;
        const int Keys = 150;
        string folder = _folder.PathOf($"{typeof(TKey).Name} {seed}");
        var vectors = new GeneratedVectors(seed);
        var model = new InsertionOrderedModel<TKey, SparseVector>();
        for (int round = 0; round < Trials.Of(4, slow: 12); round++)
        {
            using SparseIndex<TKey> sut = StorageProgram.Open<TKey>(folder);
            Sequences.AssertEqual(model.Entries.Select(entry => entry.Key), sut.Keys);
            for (int step = vectors.Next(12); step >= 0; step--)
            {
                TKey[] removed = [.. Enumerable.Range(0, vectors.Next(9)).Select(_ => keyOf(vectors.Next(Keys)))];
                (TKey, SparseVector)[] added =
                    [.. Enumerable.Range(0, vectors.Next(20)).Select(_ => (keyOf(vectors.Next(Keys)), vectors.Sparse(Dimensions, 20)))];
                Assert.Equal(model.Remove(removed), sut.Remove(removed));
                model.Upsert(added);
                sut.Upsert(added);
            }

            if (round % 4 == 3)
            {
                await sut.ForceMergeAsync();
            }

            SparseVector query = vectors.Sparse(Dimensions, 12);
            Sequences.AssertEqual(
                model.Entries.Select(entry => new SearchHit<TKey>(entry.Key, entry.Value.Dot(query))).Where(hit => hit.Score > 0).OrderByDescending(hit => hit.Score).Take(30),
                sut.Search(query, 30));
            Assert.All(model.Entries, entry => Assert.True(sut.TryGet(entry.Key, out SparseVector? vector) && vector.Equals(entry.Value)));
        }
    }
}
