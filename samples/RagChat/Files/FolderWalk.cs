namespace RagChat.Files;

/// <summary>Finds the files of a folder and its subfolders that are to be read, and counts what is not.</summary>
internal sealed class FolderWalk
{
    /// <summary>Folders that tools fill: what is in them was not written by those who ask. Hidden ones are tools' anyway.</summary>
    private static readonly HashSet<string> ToolFolders = new(StringComparer.OrdinalIgnoreCase)
    {
        "node_modules", "bower_components", "bin", "obj", "venv", "__pycache__", "site-packages",
    };

    private readonly PassedOver _toolFolders = new("folder of tools or hidden", "folders of tools or hidden");
    private readonly PassedOver _links = new("link to a folder", "links to folders");
    private readonly PassedOver _otherKinds = new("file of another kind", "files of other kinds");

    private FolderWalk()
    {
    }

    /// <summary>Paths inside the folder.</summary>
    public List<string> Files { get; } = [];

    /// <summary>Folders that cannot be listed.</summary>
    public List<SkippedFile> Skipped { get; } = [];

    public IEnumerable<string> Remarks => new[] { _toolFolders, _links, _otherKinds }.Where(p => p.Count > 0).Select(p => p.ToString());

    public static FolderWalk Through(string root, CancellationToken cancellationToken)
    {
        var walk = new FolderWalk();
        var open = new Stack<DirectoryInfo>([new DirectoryInfo(root)]);
        while (open.TryPop(out DirectoryInfo? folder))
        {
            cancellationToken.ThrowIfCancellationRequested();
            try
            {
                foreach (DirectoryInfo inner in walk.Visit(root, folder))
                {
                    open.Push(inner);
                }
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException)
            {
                walk.Skipped.Add(new SkippedFile(Path.GetRelativePath(root, folder.FullName), SkippedFile.ReasonOf(e)));
            }
        }

        return walk;
    }

    /// <returns>The folders to enter.</returns>
    private List<DirectoryInfo> Visit(string root, DirectoryInfo folder)
    {
        var entered = new List<DirectoryInfo>();
        foreach (FileSystemInfo found in folder.EnumerateFileSystemInfos())
        {
            if (found is DirectoryInfo inner)
            {
                if (IsEntered(inner))
                {
                    entered.Add(inner);
                }
            }
            else if (TextKinds.IsText(found.Name))
            {
                Files.Add(Path.GetRelativePath(root, found.FullName));
            }
            else
            {
                _otherKinds.Add(found.Extension.Length > 1 ? found.Extension.ToLowerInvariant() : "without extension");
            }
        }

        return entered;
    }

    // Links to folders can form circles, and lead to the same files again.
    private bool IsEntered(DirectoryInfo folder)
    {
        PassedOver? passed = folder.LinkTarget is not null ? _links
            : folder.Attributes.HasFlag(FileAttributes.Hidden) || ToolFolders.Contains(folder.Name) ? _toolFolders
            : null;
        passed?.Add(folder.Name);
        return passed is null;
    }
}
