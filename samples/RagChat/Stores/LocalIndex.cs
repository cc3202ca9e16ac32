using System.Security.Cryptography;
using System.Text;
using Splade.AI.Hybrid;
using Splade.AI.Hybrid.Storage;
using Splade.AI.Search;

namespace RagChat.Stores;

/// <summary>Encoded passages that are kept among the user's own data, where no store is named: the next start encodes only what is new.</summary>
/// <remarks>It is made of the folder's texts, and can be made again: nothing that is wrong with it ends the program.</remarks>
internal static class LocalIndex
{
    private const int NameLength = 16;

    /// <summary>Where the index of a folder is, one for each: <c>%LOCALAPPDATA%</c> on Windows, else <c>~/.local/share</c> or what the platform has for it.</summary>
    /// <param name="program">Whose it is.</param>
    /// <param name="folder">The folder with the texts.</param>
    /// <returns>The path; null for a user who has no folder for data.</returns>
    public static string? PathOf(string program, string folder)
    {
        string data = Environment.GetFolderPath(Environment.SpecialFolder.LocalApplicationData, Environment.SpecialFolderOption.DoNotVerify);
        byte[] hash = SHA256.HashData(Encoding.UTF8.GetBytes(Path.TrimEndingDirectorySeparator(Path.GetFullPath(folder))));
        return data.Length == 0 ? null : Path.Combine(data, "Splade.AI", program, Convert.ToHexStringLower(hash)[..NameLength]);
    }

    /// <summary>Opens an index, or makes an empty one: of one that is damaged, or of other models, nothing is left.</summary>
    /// <param name="path">Where it is. Nobody else can read what is made there.</param>
    /// <param name="schema">Its vectors, with the models that they come from.</param>
    /// <param name="cancellationToken">Ends the opening early.</param>
    /// <returns>The index; without one, as while another program has it open, a store in memory and the reason.</returns>
    public static async Task<(IHybridStore Store, string? Obstacle)> OpenAsync(
        string path, HybridSchema schema, CancellationToken cancellationToken = default)
    {
        try
        {
            MakeFolder(path);
            return (await OpenOrRemakeAsync(path, schema, cancellationToken), null);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return (EmbeddedHybridStore.CreateInMemory(schema), e.Message);
        }
    }

    private static async Task<IHybridStore> OpenOrRemakeAsync(string path, HybridSchema schema, CancellationToken cancellationToken)
    {
        try
        {
            return await EmbeddedHybridStore.OpenAsync(path, schema, options: null, cancellationToken);
        }
        catch (SearchStorageException)
        {
            // Deletes nothing but an index, and none that is open.
            RecordTable.Delete(path, isExpected: _ => true);
            MakeFolder(path);
            return await EmbeddedHybridStore.OpenAsync(path, schema, options: null, cancellationToken);
        }
    }

    private static void MakeFolder(string path)
    {
        if (OperatingSystem.IsWindows())
        {
            Directory.CreateDirectory(path);
        }
        else
        {
            Directory.CreateDirectory(path, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        }
    }
}
