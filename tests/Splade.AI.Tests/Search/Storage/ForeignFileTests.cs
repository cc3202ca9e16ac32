using Splade.AI.Hybrid;
using Splade.AI.Search;
using Splade.AI.Search.Storage;

namespace Splade.AI.Tests.Search.Storage;

/// <summary>Files of another folder, of another kind, or of another time in the place of an index's own.</summary>
public sealed class ForeignFileTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    private string Folder => _folder.PathOf("index");

    private string Other => _folder.PathOf("other");

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Open_LogOfAnotherIndex_IsRefusedWithBoth()
    {
        Fill(Folder, "ours");
        Fill(Other, "theirs");
        PutIn(Other, Folder, "log-");
        Assert.Contains("it is of another folder or of another time", Refusal(() => StorageProgram.Open(Folder)), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Open_LogOfAnotherKindOrOtherKeys_IsRefusedWithBoth()
    {
        Fill(Folder, "ours");
        using (var numbers = SparseIndex.Open<int>(_folder.PathOf("int")))
        {
            numbers.Upsert(7, Vector(1));
        }

        using (var dense = DenseIndex.Open<string>(_folder.PathOf("dense")))
        {
            dense.Upsert("a", new float[] { 1, 2 });
        }

        using (EmbeddedHybridStore store = await EmbeddedHybridStore.OpenAsync(_folder.PathOf("store")))
        {
            await store.UpsertAsync([new HybridRecord("a", "text", Vector(1), new float[] { 1, 2 })]);
        }

        foreach ((string name, string said) in new[] { ("int", "'sparse' with keys of type int"), ("dense", "'dense Cosine'"), ("store", "'records Cosine'") })
        {
            string copy = IndexCopy.Make(Folder, _folder.PathOf("copy"));
            PutIn(_folder.PathOf(name), copy, "log-");
            string message = Refusal(() => StorageProgram.Open(copy));
            Assert.Contains(said, message, StringComparison.Ordinal);
            Assert.Contains("of 'sparse' with string", message, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void Open_LogOfAnEarlierTime_IsRefused()
    {
        Fill(Folder, "first");
        string early = IndexCopy.Make(Folder, _folder.PathOf("early"));
        Fill(Folder, "second");

        // It had another name, and has another number if it gets this one.
        File.Copy(IndexCopy.Only(early, "log-"), IndexCopy.Only(Folder, "log-"), overwrite: true);
        Assert.Contains("another time", Refusal(() => StorageProgram.Open(Folder)), StringComparison.Ordinal);
    }

    [Fact]
    public void Open_SegmentOfAnotherIndex_IsRefused()
    {
        foreach (string folder in new[] { Folder, Other })
        {
            using SparseIndex<string> index = StorageProgram.Open(folder);
            index.Upsert(Enumerable.Range(0, 20).Select(i => ($"{Path.GetFileName(folder)} {i}", Vector(i))));
        }

        PutIn(Other, Folder, "segment-");
        Assert.Contains("expected", Refusal(() => StorageProgram.Open(Folder)), StringComparison.Ordinal);
        Assert.Contains("it is of another folder or of another time", Refusal(() => StorageProgram.Open(Folder)), StringComparison.Ordinal);
    }

    [Fact]
    public void Open_LogOfACopyThatWentItsOwnWay_IsRefused()
    {
        Fill(Folder, "common");
        IndexCopy.Make(Folder, Other);
        Fill(Folder, "ours");
        Fill(Other, "theirs");
        PutIn(Other, Folder, "log-");
        Assert.Contains("another time", Refusal(() => StorageProgram.Open(Folder)), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Open_FilesCopiedOneByOneWhileOthersMerge_IsRefused()
    {
        using SparseIndex<string> index = StorageProgram.Open(Folder);
        index.Upsert(Enumerable.Range(0, 12).Select(i => ($"{i}", Vector(i))));
        index.Upsert("before", Vector(1));
        await index.WhenMergedAsync();
        Directory.CreateDirectory(Other);
        string log = IndexCopy.Only(Folder, "log-");
        File.Copy(log, Path.Combine(Other, Path.GetFileName(log)));

        // Most rows of the segment come anew, so that it is written without them; the log of before lacks them too.
        byte[] manifest = File.ReadAllBytes(Path.Combine(Folder, ManifestFile.Name));
        index.Upsert(Enumerable.Range(0, 7).Select(i => ($"{i}", Vector(50))));
        await index.WhenMergedAsync();
        Assert.NotEqual(manifest, File.ReadAllBytes(Path.Combine(Folder, ManifestFile.Name)));
        Assert.Equal(log, IndexCopy.Only(Folder, "log-"));
        foreach (string file in Directory.GetFiles(Folder, "segment-*").Append(Path.Combine(Folder, ManifestFile.Name)))
        {
            File.Copy(file, Path.Combine(Other, Path.GetFileName(file)));
        }

        Assert.Contains("the log is not whole", Refusal(() => StorageProgram.Open(Other)), StringComparison.Ordinal);
        File.Copy(log, Path.Combine(Other, Path.GetFileName(log)), overwrite: true);
        using SparseIndex<string> copy = StorageProgram.Open(Other);
        Assert.Equal(index.Keys, copy.Keys);
    }

    private static SparseVector Vector(int i) => new([i % 7], [1 + i], 7);

    private static string Refusal(Func<IDisposable> open) => Assert.Throws<SearchStorageException>(() => open().Dispose()).Message;

    private static void Fill(string folder, string name)
    {
        using SparseIndex<string> index = StorageProgram.Open(folder);
        index.Upsert(name, Vector(1));
    }

    private static void PutIn(string from, string to, string prefix) => File.Copy(IndexCopy.Only(from, prefix), IndexCopy.Only(to, prefix), overwrite: true);
}
