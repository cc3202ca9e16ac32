namespace Splade.AI.Tests.Search.Storage;

/// <summary>Copies of folders, file by file, as programs make them that know nothing of indexes.</summary>
internal static class IndexCopy
{
    /// <summary>Copies a folder, whatever was at the other place before.</summary>
    /// <param name="from">The folder.</param>
    /// <param name="to">The other place.</param>
    /// <param name="changed">The name of a file that becomes another one; null for none.</param>
    /// <param name="content">What it holds in the copy; null if it is left out.</param>
    /// <returns>The other place.</returns>
    public static string Make(string from, string to, string? changed = null, byte[]? content = null)
    {
        if (Directory.Exists(to))
        {
            Directory.Delete(to, recursive: true);
        }

        Directory.CreateDirectory(to);
        foreach (string file in Directory.GetFiles(from).Where(file => Path.GetFileName(file) != "lock"))
        {
            string target = Path.Combine(to, Path.GetFileName(file));
            if (Path.GetFileName(file) != changed)
            {
                File.Copy(file, target);
            }
            else if (content is not null)
            {
                File.WriteAllBytes(target, content);
            }
        }

        return to;
    }

    /// <summary>The only file of a folder that is called like this.</summary>
    public static string Only(string folder, string prefix) => Assert.Single(Directory.GetFiles(folder, prefix + "*"));
}
