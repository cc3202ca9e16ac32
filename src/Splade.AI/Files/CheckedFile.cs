using System.Security.Cryptography;

namespace Splade.AI.Files;

/// <summary>
/// The gate that the files of a model folder are read through. A folder may come from anywhere: what it names stays inside it, is a regular
/// file, and no larger than such a file may be.
/// </summary>
internal static class CheckedFile
{
    /// <summary>The most bytes of a file of settings. Real ones have a few thousand; tables of token weights some millions.</summary>
    public const long MaxSettings = 16L << 20;

    /// <summary>The most bytes of a table of token weights in text. The largest vocabularies come to a tenth.</summary>
    public const long MaxTable = 128L << 20;

    /// <summary>The full path of what a file names; the folder itself for an empty name.</summary>
    /// <param name="folder">What the name is relative to.</param>
    /// <param name="name">What the file says.</param>
    /// <param name="source">The file that says it.</param>
    /// <exception cref="SpladeModelException">It is no path inside the folder.</exception>
    public static string Named(string folder, string name, string source) =>
        InnerPath.Under(folder, name) is string path && InnerPath.StaysIn(folder, path) ? path : throw new SpladeModelException(
            $"The path '{name}' leads out of the model's folder, or has a name in it that not every system takes as it is. Expected one inside the folder, "
            + "such as 'folder/file'. Do not use this model if you do not know its origin: it may read files that are not its own.",
            source);

    /// <summary>The SHA-256 of a file.</summary>
    /// <exception cref="SpladeModelException">It cannot be read.</exception>
    public static byte[] ComputeHash(string path)
    {
        using FileStream file = OpenRead(path);
        return SHA256.HashData(file);
    }

    /// <summary>Whether there is such a file. Anything else of that name is refused: what a model says must not be read past.</summary>
    /// <param name="path">The file.</param>
    /// <param name="folder">Where links may lead; null for the file's own folder.</param>
    /// <exception cref="SpladeModelException">
    /// It is a folder or a pipe or a device, or a link that leads out of the model's folder or to nothing.
    /// </exception>
    public static bool Exists(string path, string? folder = null)
    {
        try
        {
            if (!InnerPath.StaysIn(folder ?? Path.GetDirectoryName(path)!, path))
            {
                throw new SpladeModelException(
                    $"The file is a link to '{RealPath.Of(path)}', which is outside the model's folder. Expected a file of the model's own, or a link "
                    + "into the Hugging Face cache. Put the file itself there.",
                    path);
            }

            bool exists = RegularFile.Exists(path);
            if (!exists && new FileInfo(path).LinkTarget is string target)
            {
                throw new SpladeModelException(
                    $"The file is a link to '{target}', where nothing is. Expected a file. Put it there, or delete the link.", path);
            }

            return exists;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw Unreadable(e, path);
        }
    }

    /// <summary>Opens a file, whose size is compared before anything is read of it.</summary>
    /// <exception cref="SpladeModelException">It cannot be read, is no regular file, is too large, or leads out of the model's folder.</exception>
    public static FileStream OpenRead(string path, long maxLength = long.MaxValue)
    {
        Require(path);
        try
        {
            return RegularFile.OpenRead(path, maxLength);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw Unreadable(e, path);
        }
    }

    /// <summary>Reads a file.</summary>
    /// <exception cref="SpladeModelException">It cannot be read, is no regular file, is too large, or leads out of the model's folder.</exception>
    public static byte[] ReadAllBytes(string path, long maxLength)
    {
        Require(path);
        try
        {
            return RegularFile.ReadAllBytes(path, maxLength);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw Unreadable(e, path);
        }
    }

    private static void Require(string path)
    {
        if (!Exists(path))
        {
            throw new SpladeModelException(
                "The file is missing. Expected a folder that Sentence Transformers wrote; copy all of the model's files.", path);
        }
    }

    private static SpladeModelException Unreadable(Exception e, string path) => e is UnsuitableFileException
        ? new SpladeModelException(e.Message, path, e)
        : new SpladeModelException($"The file cannot be read: {e.Message} Copy it again from its origin.", path, e);
}
