using Splade.AI.Search;
using Splade.AI.Search.Storage;

namespace Splade.AI.Hybrid.Storage;

/// <content>Tables in folders.</content>
public sealed partial class RecordTable
{
    /// <summary>Opens the table in a folder, or makes an empty one there that depends on a space.</summary>
    /// <param name="folder">The folder; it is made if it is not there. One table at a time may have it open.</param>
    /// <param name="sparseColumns">How many sparse vectors the records have.</param>
    /// <param name="denseColumns">Which dense vectors they have.</param>
    /// <param name="space">What the records of an empty table depend on, in words.</param>
    /// <param name="cancellationToken">Ends the opening early; the folder is as it was.</param>
    /// <returns>The table. Dispose of it, so that others can open the folder.</returns>
    /// <exception cref="SearchStorageException">The folder is in use, cannot be written to, is damaged, or holds something else.</exception>
    public static RecordTable Open(
        string folder,
        int sparseColumns,
        IReadOnlyList<DenseColumn> denseColumns,
        IReadOnlyDictionary<string, string> space,
        CancellationToken cancellationToken = default) => Open(folder, new RecordTable(sparseColumns, denseColumns, space), options: null, cancellationToken);

    /// <summary>Determines whether a folder has a table, damaged or not.</summary>
    /// <param name="folder">The folder.</param>
    /// <returns>Whether it has one.</returns>
    public static bool Exists(string folder) => IndexFolder.IsIn(folder);

    /// <summary>Reads what the records of a folder depend on, without opening it.</summary>
    /// <param name="folder">The folder.</param>
    /// <returns>What its table remembers.</returns>
    /// <exception cref="SearchStorageException">There is no table, or it is damaged.</exception>
    public static IReadOnlyDictionary<string, string> ReadEmbeddingSpace(string folder) => ManifestFile.Read(ManifestOf(folder)).EmbeddingSpace;

    /// <summary>Deletes the table of a folder, damaged or not, and nothing else that is in it; nothing at all, if there is none.</summary>
    /// <param name="folder">The folder.</param>
    /// <param name="isExpected">Whether what a table depends on is that of one that may be deleted. Of a damaged one it is not asked.</param>
    /// <exception cref="SearchStorageException">Somebody has it open, it cannot be deleted, or the folder holds something else.</exception>
    public static void Delete(string folder, Func<IReadOnlyDictionary<string, string>, bool> isExpected)
    {
        ArgumentNullException.ThrowIfNull(isExpected);
        if (IndexFolder.IsIn(folder))
        {
            if (!ManifestFile.IsOne(ManifestOf(folder)) || (ManifestFile.TryRead(ManifestOf(folder)) is { } found && !isExpected(found.EmbeddingSpace)))
            {
                throw new SearchStorageException(
                    "Found a folder that holds something else, expected what is to be deleted. Delete the folder by other means if it is to go.", folder);
            }

            IndexFolder.Delete(folder);
        }
        else if (IndexFolder.IsHalfDeleted(folder))
        {
            IndexFolder.Delete(folder);
        }
    }

    /// <summary>Opens a folder with a table that is still empty.</summary>
    internal static RecordTable Open(string folder, RecordTable table, SearchIndexOptions? options, CancellationToken cancellationToken)
    {
        try
        {
            table._table.Open(folder, options ?? new SearchIndexOptions(), cancellationToken);
            if (table._table.EmbeddingSpace is { Count: > 0 } known)
            {
                table._space = known;
            }
            else if (table._space.Count > 0)
            {
                table._table.Remember(table._space);
            }

            table._mayLack = LackingVectors.AreIn(table._table.Current);

            return table;
        }
        catch
        {
            table.Dispose();
            throw;
        }
    }

    private static string ManifestOf(string folder) => Path.Combine(folder, ManifestFile.Name);
}
