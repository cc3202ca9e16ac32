using Splade.AI.ModelFiles.Hub;
using Splade.AI.Tests.TestDoubles;

namespace Splade.AI.Tests.TestData;

/// <summary>A Hugging Face cache of a test, and hubs that know no other; deleted at the end of the test.</summary>
internal sealed class TemporaryCache : IDisposable
{
    public string Folder { get; } = Path.Combine(Path.GetTempPath(), "splade-tests", Path.GetRandomFileName());

    public Dictionary<string, string?> Variables { get; } = [];

    public SkippingTimeProvider Clock { get; } = new();

    public string Repository => Path.Combine(Folder, "hub", "models--acme--splade");

    public string Snapshot => Path.Combine(Repository, "snapshots", HubServer.Commit);

    /// <summary>A hub that may download from a server, with what a test changes of its options.</summary>
    public SpladeModelHub CreateHub(HubServer? server, Action<SpladeModelHubOptions>? change = null)
    {
        Variables["HF_HOME"] = Folder;
        Variables["HF_ENDPOINT"] = server?.Endpoint ?? "http://127.0.0.1:1";
        var options = new SpladeModelHubOptions
        {
            Download = true,
            TimeProvider = Clock,
            ReadVariable = name => Variables.GetValueOrDefault(name),
        };
        change?.Invoke(options);
        return new SpladeModelHub(options);
    }

    /// <summary>Writes a file as <c>huggingface_hub</c> does: a blob, and a link to it in the snapshot.</summary>
    public void AddFile(string file, bool asLink = true)
    {
        string path = Path.Combine(Snapshot, file);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        string blob = Path.Combine(Repository, "blobs", file.Replace('/', '_'));
        Directory.CreateDirectory(Path.GetDirectoryName(blob)!);
        File.WriteAllText(asLink ? blob : path, "{}");
        if (asLink)
        {
            File.CreateSymbolicLink(path, Path.GetRelativePath(Path.GetDirectoryName(path)!, blob));
        }
    }

    public void AddRef(string revision)
    {
        string file = Path.Combine(Repository, "refs", revision);
        Directory.CreateDirectory(Path.GetDirectoryName(file)!);
        File.WriteAllText(file, HubServer.Commit);
    }

    /// <summary>A complete model as <c>huggingface_hub</c> leaves it.</summary>
    public void AddModel(bool asLinks = true)
    {
        foreach (string file in (string[])["modules.json", "config.json", "tokenizer.json", "1_SpladePooling/config.json", "onnx/model.onnx"])
        {
            AddFile(file, asLinks);
        }

        AddRef("main");
    }

    public byte[] Read(string file) => File.ReadAllBytes(Path.Combine(Snapshot, file));

    /// <summary>Every file with the time of its last change.</summary>
    public string[] List() => Directory.Exists(Folder)
        ? [.. Directory.EnumerateFileSystemEntries(Folder, "*", SearchOption.AllDirectories).Select(f => $"{f} {File.GetLastWriteTimeUtc(f):O}").Order(StringComparer.Ordinal)]
        : [];

    public void Dispose()
    {
        if (Directory.Exists(Folder))
        {
            Directory.Delete(Folder, recursive: true);
        }
    }
}
