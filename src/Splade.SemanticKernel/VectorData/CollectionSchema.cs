using Microsoft.Extensions.AI;
using Microsoft.Extensions.VectorData.ProviderServices;
using Splade.AI;
using Splade.AI.Hybrid.Storage;

namespace Splade.SemanticKernel.VectorData;

/// <summary>How the records of a collection lie in its table.</summary>
internal sealed class CollectionSchema
{
    /// <summary>Under which name a table remembers its columns.</summary>
    public const string ColumnsName = "columns";

    /// <summary>Under which name a table remembers whose it is.</summary>
    public const string CollectionName = "collection";

    private const string KeyName = "key";

    /// <exception cref="NotSupportedException">The model has something that the store does not.</exception>
    /// <exception cref="InvalidOperationException">A full-text property has no generator.</exception>
    public CollectionSchema(CollectionModel model, IEmbeddingGenerator<string, SparseEmbedding>? generator)
    {
        Model = model;
        IndexedFields = IndexedFields.Of(model);
        var columns = new List<VectorColumn>();
        foreach (PropertyModel property in SearchedProperties(model))
        {
            VectorPropertyModel? vector = property as VectorPropertyModel;
            bool isSparse = vector is null || vector.EmbeddingType == typeof(SparseEmbedding);
            IEmbeddingGenerator? own = vector is null ? RequireText(property, generator) : GeneratorOf(vector, isSparse, generator);
            columns.Add(new VectorColumn(property, isSparse, columns.Count(column => column.IsSparse == isSparse), own));
        }

        columns.ForEach(column => column.RequireKnownFunction());
        Columns = columns;
        EmbeddingSpace = new Dictionary<string, string>(StringComparer.Ordinal)
        {
            [ColumnsName] = string.Join(", ", columns.Select(column => column.Description)),
            [KeyName] = model.KeyProperty.Type.Name,
        };
        SparseColumns = columns.Count(column => column.IsSparse);
        DenseColumns =
        [
            .. columns.Where(column => !column.IsSparse).Select(column => new DenseColumn(column.Name, column.Vector!.Dimensions, column.Similarity)),
        ];
    }

    public CollectionModel Model { get; }

    public IReadOnlyList<VectorColumn> Columns { get; }

    /// <summary>What the table depends on: its columns and keys.</summary>
    public IReadOnlyDictionary<string, string> EmbeddingSpace { get; }

    /// <summary>How many sparse columns the table has.</summary>
    public int SparseColumns { get; }

    /// <summary>The dense columns of the table.</summary>
    public IReadOnlyList<DenseColumn> DenseColumns { get; }

    /// <summary>Which data is in the metadata of the rows that are written with the schema.</summary>
    public IndexedFields IndexedFields { get; }

    /// <summary>What a table remembers.</summary>
    /// <param name="collection">Whose it is.</param>
    /// <param name="space">What its rows depend on: <see cref="EmbeddingSpace"/>, or that with the models.</param>
    /// <param name="fields">Which of their data indexes have.</param>
    public static IReadOnlyDictionary<string, string> Remembered(string collection, IReadOnlyDictionary<string, string> space, IndexedFields fields) =>
        new Dictionary<string, string>(space, StringComparer.Ordinal) { [CollectionName] = collection, [IndexedFields.SpaceName] = fields.ToString() };

    /// <summary>The same, and the models of some columns as far as they are known. They are loaded to be asked.</summary>
    public IReadOnlyDictionary<string, string> GetSpaceWithModels(IEnumerable<VectorColumn> columns)
    {
        var space = new Dictionary<string, string>(EmbeddingSpace, StringComparer.Ordinal);
        foreach (VectorColumn column in columns)
        {
            column.Model?.AddTo(space, column.Name);
        }

        return space;
    }

    /// <summary>What makes vectors for a property. The sparse generator steps in where there is no other, and only for sparse vectors.</summary>
    private static IEmbeddingGenerator? GeneratorOf(VectorPropertyModel property, bool isSparse, IEmbeddingGenerator<string, SparseEmbedding>? generator)
    {
        if (property.Type != property.EmbeddingType)
        {
            return property.EmbeddingGenerator;
        }

        return isSparse
            ? property.EmbeddingGenerator as IEmbeddingGenerator<string, SparseEmbedding> ?? generator
            : ReferenceEquals(property.EmbeddingGenerator, generator) && generator is not IEmbeddingGenerator<string, Embedding<float>>
                ? null
                : property.EmbeddingGenerator;
    }

    /// <summary>The properties that have columns, by name: in which order a definition has them makes no difference.</summary>
    private static IEnumerable<PropertyModel> SearchedProperties(CollectionModel model) => model.VectorProperties
        .Concat<PropertyModel>(model.DataProperties.Where(property => property.IsFullTextIndexed))
        .OrderBy(property => property.StorageName, StringComparer.Ordinal);

    private static IEmbeddingGenerator<string, SparseEmbedding> RequireText(
        PropertyModel property, IEmbeddingGenerator<string, SparseEmbedding>? generator) => property.Type != typeof(string)
        ? throw new NotSupportedException($"Found the full-text property '{property.ModelName}' of type {property.Type.Name}, expected string.")
        : generator ?? throw new InvalidOperationException(
            $"Property '{property.ModelName}' is full-text indexed, and nothing makes sparse vectors of its texts. "
            + $"Set {nameof(SpladeCollectionOptions.SparseEmbeddingGenerator)} in the options, "
            + "or register a SPLADE generator, or take IsFullTextIndexed off.");
}
