using Splade.AI.Search;
using Splade.AI.Search.Storage;
using Splade.AI.Tests.TestData;

namespace Splade.AI.Tests.Search.Storage;

/// <summary>Pipes, devices and links where an index has its files: they are refused by name, and nobody waits for them.</summary>
public sealed class SpecialFileTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    private string Folder => _folder.PathOf("index");

    public void Dispose() => _folder.Dispose();

    [UnixFact]
    public void Open_PipeInPlaceOfAnyFile_IsRefusedByName()
    {
        foreach (string name in Fill())
        {
            Refuse(name, "Found a named pipe, expected a regular file", NamedPipe.Make);
        }
    }

    [UnixFact]
    public void Open_LinkInPlaceOfAnyFile_IsRefusedByName()
    {
        foreach (string name in Fill())
        {
            string elsewhere = _folder.PathOf("elsewhere");
            File.Copy(Path.Combine(Folder, name), elsewhere, overwrite: true);
            Refuse(name, $"Found a link to '{elsewhere}', expected the file itself", path => File.CreateSymbolicLink(path, elsewhere));
            Refuse(name, "Found a link to '/dev/zero', expected the file itself", path => File.CreateSymbolicLink(path, "/dev/zero"));
        }
    }

    [UnixFact]
    public void Open_FolderInPlaceOfAnyFile_IsRefusedByName()
    {
        foreach (string name in Fill())
        {
            Refuse(name, "Found a folder, expected a regular file", path => Directory.CreateDirectory(path));
        }
    }

    [UnixFact]
    public void Write_PipeWhereTheManifestIsPrepared_IsRefusedByName()
    {
        Fill();
        string pipe = Path.Combine(Folder, ManifestFile.Name + ".new");
        NamedPipe.Make(pipe);
        using SparseIndex<string> sut = StorageProgram.Open(Folder);
        Assert.Contains("Found a named pipe", Assert.Throws<SearchStorageException>(() => sut.Remove("one")).Message, StringComparison.Ordinal);
        File.Delete(pipe);
        Assert.True(sut.Remove("one"));
    }

    [UnixFact]
    public async Task VerifyAsync_PipeInPlaceOfAFile_IsDamage()
    {
        Fill();
        using SparseIndex<string> sut = StorageProgram.Open(Folder);
        foreach (string name in new[] { "segment-", "log-" })
        {
            string path = IndexCopy.Only(Folder, name);
            File.Delete(path);
            NamedPipe.Make(path);
        }

        IReadOnlyList<SearchStorageException> found = await sut.VerifyAsync();
        Assert.Equal(2, found.Count);
        Assert.All(found, damage => Assert.Contains("Found a named pipe", damage.Message, StringComparison.Ordinal));
    }

    private string[] Fill()
    {
        using (SparseIndex<string> index = StorageProgram.Open(Folder))
        {
            index.Upsert(Enumerable.Range(0, 20).Select(i => ($"key {i}", new SparseVector([1], [1], 7))));
            index.Upsert("one", new SparseVector([1], [1], 7));
        }

        string[] names = [.. Directory.GetFiles(Folder).Select(file => Path.GetFileName(file))];
        Assert.Equal(4, names.Length);
        return names;
    }

    private void Refuse(string name, string message, Action<string> put)
    {
        string copy = IndexCopy.Make(Folder, _folder.PathOf("copy"), name);
        put(Path.Combine(copy, name));
        var e = Assert.Throws<SearchStorageException>(() => StorageProgram.Open(copy));
        Assert.Contains(message, e.Message, StringComparison.Ordinal);
        Assert.Equal(Path.Combine(copy, name), e.Path);
    }
}
