using System.Security.Cryptography;
using System.Text;
using Splade.AI.Hybrid;
using Splade.AI.Hybrid.Storage;
using Splade.AI.Search;

namespace RagChat.Stores;

/// <summary>Vectors that are kept among the user's own data, where no store is named: the next start encodes only what is new.</summary>
/// <remarks>They are made of the folder's texts, and can be made again: nothing that is wrong with them ends the program.</remarks>
internal sealed class LocalIndex : IAsyncDisposable
{
    private const int NameLength = 16;

    private readonly string _path;
    private readonly HybridSchema _schema;
    private Task<IHybridStore> _opening;

    /// <summary>Begins to open an index, or to make an empty one. Which models it is of is not asked yet: they may be loaded meanwhile.</summary>
    /// <param name="path">Where it is. Nobody else can read what is made there.</param>
    /// <param name="schema">Its vectors.</param>
    public LocalIndex(string path, HybridSchema schema)
    {
        _path = path;
        _schema = schema;
        _opening = Task.Run(OpenAsync);
    }

    /// <summary>Why there is a store in memory in place of the index, as while another program has it open; null if there is none.</summary>
    public string? Obstacle { get; private set; }

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

    /// <summary>The index for the vectors of some models: of one that is damaged, or of other models, nothing is left.</summary>
    public async Task<IHybridStore> OpenForAsync(HybridModels models)
    {
        IHybridStore store = await _opening;
        if ((await store.GetModelsAsync()).DifferencesFrom(models).Count > 0)
        {
            await store.DisposeAsync();
            _opening = OrInMemoryAsync(RemakeAsync);
        }

        return await _opening;
    }

    public async ValueTask DisposeAsync() => await (await _opening).DisposeAsync();

    private Task<IHybridStore> OpenAsync() => OrInMemoryAsync(async () =>
    {
        try
        {
            return await OpenFolderAsync();
        }
        catch (SearchStorageException)
        {
            return await RemakeAsync();
        }
    });

    private async Task<IHybridStore> OrInMemoryAsync(Func<Task<IHybridStore>> open)
    {
        try
        {
            return await open();
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            Obstacle = e.Message;
            return EmbeddedHybridStore.CreateInMemory(_schema);
        }
    }

    private Task<IHybridStore> RemakeAsync()
    {
        // Deletes nothing but an index, and none that is open.
        RecordTable.Delete(_path, isExpected: _ => true);
        return OpenFolderAsync();
    }

    private async Task<IHybridStore> OpenFolderAsync()
    {
        if (OperatingSystem.IsWindows())
        {
            Directory.CreateDirectory(_path);
        }
        else
        {
            Directory.CreateDirectory(_path, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        }

        return await EmbeddedHybridStore.OpenAsync(_path, _schema);
    }
}
