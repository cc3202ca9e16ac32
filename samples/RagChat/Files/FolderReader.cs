namespace RagChat.Files;

/// <summary>Reads the text files of a folder and its subfolders. What it cannot read it reports, and goes on.</summary>
internal static class FolderReader
{
    /// <param name="folder">The folder.</param>
    /// <param name="limits">How much of it is read; null for the default.</param>
    /// <param name="cancellationToken">Observed between files.</param>
    /// <exception cref="DirectoryNotFoundException">The folder does not exist, or is a file.</exception>
    /// <exception cref="InvalidDataException">No file in it could be read as text.</exception>
    public static async Task<FolderContents> ReadAsync(string folder, FolderLimits? limits = null, CancellationToken cancellationToken = default)
    {
        if (!Directory.Exists(folder))
        {
            string found = File.Exists(folder) ? "is a file" : "does not exist";
            throw new DirectoryNotFoundException($"The folder '{folder}' {found}. Name a folder that holds {TextKinds.Named} files.");
        }

        FolderWalk walk = FolderWalk.Through(folder, cancellationToken);
        (List<FolderText> texts, string? left) = await ReadTextsAsync(folder, walk, limits ?? FolderLimits.Default, cancellationToken);
        string[] remarks = [.. walk.Remarks.Concat(left is null ? [] : [left])];
        return texts.Count > 0
            ? new FolderContents(texts, [.. walk.Skipped.OrderBy(s => s.Path, StringComparer.Ordinal)], remarks)
            : throw new InvalidDataException(NothingReadable(folder, walk.Skipped, remarks));
    }

    private static async Task<(List<FolderText> Texts, string? Left)> ReadTextsAsync(
        string folder, FolderWalk walk, FolderLimits limits, CancellationToken cancellationToken)
    {
        string root = RealPath.Of(folder);
        var texts = new List<FolderText>();
        long room = limits.Bytes;
        string[] paths = [.. walk.Files.Order(StringComparer.Ordinal)];
        for (int i = 0; i < paths.Length; i++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            if (texts.Count == limits.Files || room <= 0)
            {
                return (texts, $"{paths.Length - i:N0} files after '{PrintableText.Of(paths[i - 1])}': no more than {limits} are read");
            }

            try
            {
                string text = await TextFile.ReadAsync(Path.Combine(folder, paths[i]), root, cancellationToken);
                texts.Add(new FolderText(paths[i], text, TextKinds.IsMarkdown(paths[i])));
                room -= text.Length;
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException or InvalidDataException)
            {
                walk.Skipped.Add(new SkippedFile(paths[i], SkippedFile.ReasonOf(e)));
            }
        }

        return (texts, null);
    }

    private static string NothingReadable(string folder, List<SkippedFile> skipped, string[] remarks)
    {
        string reasons = string.Join("; ", skipped.Take(5).Select(s => $"{s.Path}: {s.Reason}").Concat(remarks));
        return skipped.Count > 0 ? $"Nothing in the folder '{folder}' could be read: {reasons}"
            : $"The folder '{folder}' holds no {TextKinds.Named} file." + (remarks.Length > 0 ? $" It has {string.Join("; ", remarks)}." : "");
    }
}
