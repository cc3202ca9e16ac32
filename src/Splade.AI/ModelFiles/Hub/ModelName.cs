using System.Diagnostics.CodeAnalysis;
using System.Text.RegularExpressions;

namespace Splade.AI.ModelFiles.Hub;

/// <summary>The name of a model on the hub: <c>owner/name</c>.</summary>
internal sealed partial record ModelName(string Owner, string Name)
{
    private const string FolderPrefix = "models--";
    private const string Separator = "--";

    /// <summary>The model's folder in the cache.</summary>
    public string FolderName => $"{FolderPrefix}{Owner}{Separator}{Name}";

    /// <summary>Reads a name by the hub's rules, which leave no room for <c>./folder</c>, <c>/folder</c>, <c>folder/</c> or <c>a/b/c</c>.</summary>
    public static bool TryParse(string text, [NotNullWhen(true)] out ModelName? name)
    {
        name = Form().IsMatch(text) && !text.Contains(Separator, StringComparison.Ordinal) && !text.Contains("..", StringComparison.Ordinal)
            ? new ModelName(text[..text.IndexOf('/')], text[(text.IndexOf('/') + 1)..])
            : null;
        return name is not null;
    }

    /// <summary>Reads the name of a model's folder in the cache.</summary>
    public static bool TryParseFolder(string folder, [NotNullWhen(true)] out ModelName? name)
    {
        name = null;
        return folder.StartsWith(FolderPrefix, StringComparison.Ordinal)
            && TryParse(folder[FolderPrefix.Length..].Replace(Separator, "/", StringComparison.Ordinal), out name);
    }

    /// <summary>The name of the model whose snapshot in a cache a folder is; null for any other folder.</summary>
    public static string? OfSnapshot(string folder)
    {
        string? snapshots = Path.GetDirectoryName(folder);
        return Revision.IsCommit(Path.GetFileName(folder)) && Path.GetFileName(snapshots) == CacheRepository.Snapshots
            && TryParseFolder(Path.GetFileName(Path.GetDirectoryName(snapshots)) ?? "", out ModelName? name)
            ? name.ToString()
            : null;
    }

    public override string ToString() => $"{Owner}/{Name}";

    [GeneratedRegex(@"\A(?=.{3,96}\z)\w(?:[\w.-]*\w)?/\w(?:[\w.-]*\w)?\z", RegexOptions.ECMAScript)]
    private static partial Regex Form();
}
