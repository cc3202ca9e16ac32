using System.Text;
using Splade.AI.Files;
using Splade.AI.OnnxGraph;
using Splade.AI.Weights;

namespace Splade.AI.ModelFiles.Hub;

/// <summary>
/// One model's folder in the cache, in the layout of <c>huggingface_hub</c>: contents by hash, commits as folders of links, names of commits.
/// </summary>
internal sealed class CacheRepository
{
    public const string Snapshots = "snapshots";

    public const string ModulesFile = "modules.json";

    /// <summary>The most bytes of a file that names a commit. It has 40, and perhaps the end of a line.</summary>
    private const int MaxRef = 4096;

    private readonly string _cache;

    public CacheRepository(string cache, ModelName name)
    {
        _cache = cache;
        Name = name;
        Folder = Path.Combine(cache, name.FolderName);
    }

    public ModelName Name { get; }

    public string Folder { get; }

    private string SnapshotsFolder => Path.Combine(Folder, Snapshots);

    private string RefsFolder => Path.Combine(Folder, "refs");

    /// <summary>The commit of a revision, or null if the cache does not know it.</summary>
    public string? FindCommit(string revision)
    {
        if (Revision.IsCommit(revision))
        {
            return revision;
        }

        string file = RepositoryPath.ToLocal(RefsFolder, revision);
        return File.Exists(file) && Encoding.UTF8.GetString(RegularFile.ReadAllBytes(file, MaxRef)).Trim() is string commit && Revision.IsCommit(commit)
            ? commit
            : null;
    }

    /// <summary>The commit of a revision, if the cache has files of it; else null.</summary>
    public string? FindSnapshot(string revision) =>
        FindCommit(revision) is string commit && Directory.Exists(SnapshotFolder(commit)) ? commit : null;

    /// <summary>
    /// Whether it is certain what modules a snapshot's model has. Other libraries fetch single files; a model without its <c>modules.json</c>
    /// would be taken for one with the default modules. The cache notes of a file that the repository has none such.
    /// </summary>
    public bool KnowsModules(string commit) =>
        SizeOf(Path.Combine(SnapshotFolder(commit), ModulesFile)) is not null || File.Exists(AbsenceNote(commit));

    /// <summary>Notes that a commit has no <c>modules.json</c>.</summary>
    public void WriteAbsenceOfModules(string commit)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(AbsenceNote(commit))!);
        File.WriteAllBytes(AbsenceNote(commit), []);
    }

    public string SnapshotFolder(string commit) => Path.Combine(SnapshotsFolder, commit);

    public string BlobFile(string hash) => Path.Combine(Folder, "blobs", hash);

    /// <summary>Where a content grows until it is complete.</summary>
    public string IncompleteFile(string hash) => BlobFile(hash) + ".incomplete";

    /// <summary>How many bytes of a file the cache has already, complete or not.</summary>
    public long BytesOf(HubFile file) => Math.Min(file.Size, SizeOf(BlobFile(file.Hash)) ?? SizeOf(IncompleteFile(file.Hash)) ?? 0);

    public string LockFile(string hash) => Path.Combine(_cache, ".locks", Name.FolderName, hash + ".lock");

    /// <summary>What a snapshot lacks of the files that the loader needs; null if nothing. Links to contents that have gone count as missing.</summary>
    public string? FindMissing(string commit, string? modelFile)
    {
        string folder = SnapshotFolder(commit);
        IEnumerable<string> files = Directory.Exists(folder) ? Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories) : [];
        var selection = ModelFileSelection.Select(files.Where(f => SizeOf(f) is not null).Select(f => RepositoryPath.FromLocal(folder, f)), modelFile);
        return selection.Missing ?? DataOf(selection.ModelFile!, RepositoryPath.ToLocal(folder, selection.ModelFile!)).FirstOrDefault(IsMissing);

        bool IsMissing(string path) => SizeOf(RepositoryPath.ToLocal(folder, path)) is null;

        IEnumerable<string> DataOf(string model, string content)
        {
            try
            {
                return FindData(model, content, commit);
            }
            catch (SpladeModelException)
            {
                // Said where it is loaded.
                return [];
            }
        }
    }

    /// <summary>
    /// The other files of the repository that hold the numbers of a model's tensors: those that the graph of an ONNX file names, or the shards that
    /// an index of weights names.
    /// </summary>
    /// <exception cref="SpladeModelException">A tensor is said to be outside the folder of the model's file, or an index is damaged.</exception>
    public IEnumerable<string> FindData(HubFile model, string commit) =>
        FindData(model.Path, Has(model, commit) ? PlaceOf(model, commit) : BlobFile(model.Hash), commit);

    /// <summary>Whether a snapshot has this very file.</summary>
    public bool Has(HubFile file, string commit) => SizeOf(PlaceOf(file, commit)) == file.Size;

    /// <summary>Puts a blob into a snapshot: as a link, or where the platform has none for this user, as the file itself.</summary>
    /// <param name="file">The file, whose blob is complete.</param>
    /// <param name="commit">The snapshot.</param>
    /// <param name="createLink">Creates a link at the first path that leads to the second one.</param>
    public void Place(HubFile file, string commit, Action<string, string> createLink)
    {
        string path = PlaceOf(file, commit);
        string folder = Path.GetDirectoryName(path)!;
        Directory.CreateDirectory(folder);
        File.Delete(path);
        try
        {
            createLink(path, Path.GetRelativePath(folder, BlobFile(file.Hash)));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            File.Move(BlobFile(file.Hash), path);
        }
    }

    /// <summary>The commits that the cache has anything of.</summary>
    public IEnumerable<string> Commits() => Directory.Exists(SnapshotsFolder)
        ? Directory.EnumerateDirectories(SnapshotsFolder).Select(f => Path.GetFileName(f)).Where(Revision.IsCommit).Order(StringComparer.Ordinal)
        : [];

    /// <summary>The branches and tags that name a commit.</summary>
    public string[] RevisionsOf(string commit) => Directory.Exists(RefsFolder)
        ? [.. Directory.EnumerateFiles(RefsFolder, "*", SearchOption.AllDirectories)
            .Select(f => RepositoryPath.FromLocal(RefsFolder, f))
            .Where(revision => FindCommit(revision) == commit)
            .Order(StringComparer.Ordinal)]
        : [];

    /// <summary>Notes the commit of a branch or tag, at once and as a whole.</summary>
    public void WriteRef(string revision, string commit)
    {
        if (Revision.IsCommit(revision))
        {
            return;
        }

        string file = RepositoryPath.ToLocal(RefsFolder, revision);
        Directory.CreateDirectory(Path.GetDirectoryName(file)!);
        string temporary = Path.Combine(Folder, Path.GetRandomFileName());
        File.WriteAllText(temporary, commit);
        File.Move(temporary, file, overwrite: true);
    }

    /// <summary>The size of a file or of the file that a link leads to; null if there is none.</summary>
    public static long? SizeOf(string path)
    {
        var file = new FileInfo(path);
        FileSystemInfo target = file.LinkTarget is null ? file : file.ResolveLinkTarget(returnFinalTarget: true) ?? file;
        return target is FileInfo { Exists: true } found ? found.Length : null;
    }

    private string AbsenceNote(string commit) => Path.Combine(Folder, ".no_exist", commit, ModulesFile);

    private IEnumerable<string> FindData(string model, string content, string commit)
    {
        string folder = SnapshotFolder(commit);
        string place = RepositoryPath.ToLocal(folder, model);
        IEnumerable<string> files = ModelFileSelection.FormOf(model) switch
        {
            null => OnnxFile.FindFiles(content, place),
            { IsIndex: true } form => ShardIndex.Read(content, form.Extension).Shards.Select(shard => Path.Combine(Path.GetDirectoryName(place)!, shard)),
            _ => [],
        };
        return files.Select(file => RepositoryPath.FromLocal(folder, file)).Where(file => file != model);
    }

    private string PlaceOf(HubFile file, string commit) => RepositoryPath.ToLocal(SnapshotFolder(commit), file.Path);
}
