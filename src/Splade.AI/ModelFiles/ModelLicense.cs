using System.Text.RegularExpressions;
using Splade.AI.Files;

namespace Splade.AI.ModelFiles;

/// <summary>The licence that a model folder states.</summary>
internal static partial class ModelLicense
{
    /// <summary>The identifier in the front matter of README.md, or the name at the top of LICENSE; null if the folder states none.</summary>
    public static string? Read(string folder) =>
        FirstMatch(Path.Combine(folder, "README.md"), FrontMatter()) ?? FirstMatch(Path.Combine(folder, "LICENSE"), FirstLine());

    /// <summary>Whether the licence forbids commercial use, as those of the naver models do: Creative Commons names it "NC".</summary>
    public static bool IsNonCommercial(string license) => NonCommercial().IsMatch(license);

    // The front matter of a model card, and the name of a licence, stand at the top.
    private static string? FirstMatch(string path, Regex pattern)
    {
        const int Top = 4096;
        if (!CheckedFile.Exists(path))
        {
            return null;
        }

        using var reader = new StreamReader(CheckedFile.OpenRead(path));
        char[] top = new char[Top];
        Match match = pattern.Match(new string(top, 0, reader.ReadBlock(top)));
        return match.Success ? match.Groups["license"].Value.Trim() : null;
    }

    [GeneratedRegex(@"\A---\r?\n(?:(?!---).*\r?\n)*?license:[ \t]*(?<license>\S+)")]
    private static partial Regex FrontMatter();

    [GeneratedRegex(@"\A\s*(?<license>[^\r\n]+)")]
    private static partial Regex FirstLine();

    [GeneratedRegex(@"(^|[^a-z])nc([^a-z]|$)|non-?\s?commercial", RegexOptions.IgnoreCase)]
    private static partial Regex NonCommercial();
}
