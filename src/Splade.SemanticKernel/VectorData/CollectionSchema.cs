using Microsoft.Extensions.AI;
using Microsoft.Extensions.VectorData.ProviderServices;
using Splade.AI;
using Splade.AI.Hybrid.Storage;

namespace Splade.SemanticKernel.VectorData;

/// <summary>How the records of a collection lie in its table.</summary>
internal sealed class CollectionSchema
{
    private const string ColumnsName = "columns";
    private const string KeyName = "key";

    /// <exception cref="NotSupportedException">The model has something that the store does not.</exception>
    /// <exception cref="InvalidOperationException">A full-text property has no generator.</exception>
    public CollectionSchema(CollectionModel model, IEmbeddingGenerator<string, SparseEmbedding>? generator)
    {
        Model = model;
        var columns = new List<VectorColumn>();
        foreach (VectorPropertyModel property in model.VectorProperties)
        {
            bool isSparse = property.EmbeddingType == typeof(SparseEmbedding);
            columns.Add(new VectorColumn(property, isSparse, columns.Count(column => column.IsSparse == isSparse), GeneratorOf(property, isSparse, generator)));
        }

        foreach (DataPropertyModel property in model.DataProperties.Where(property => property.IsFullTextIndexed))
        {
            RequireText(property, generator);
            columns.Add(new VectorColumn(property, true, columns.Count(column => column.IsSparse), generator));
        }

        columns.ForEach(column => column.RequireKnownFunction());
        Columns = columns;
        Space = new Dictionary<string, string>(StringComparer.Ordinal)
        {
            [ColumnsName] = string.Join(", ", columns.Select(column => column.Description)),
            [KeyName] = model.KeyProperty.Type.Name,
        };
        Table = new RecordColumns(columns.Count(column => column.IsSparse), [.. columns.Where(column => !column.IsSparse).Select(column => column.Similarity)]);
    }

    public CollectionModel Model { get; }

    public IReadOnlyList<VectorColumn> Columns { get; }

    /// <summary>What the table depends on: its columns and keys.</summary>
    public IReadOnlyDictionary<string, string> Space { get; }

    /// <summary>The columns of the table.</summary>
    public RecordColumns Table { get; }

    /// <summary>The same, and the models of some columns as far as they are known. They are loaded to be asked.</summary>
    public IReadOnlyDictionary<string, string> GetSpaceWithModels(IEnumerable<VectorColumn> columns)
    {
        var space = new Dictionary<string, string>(Space, StringComparer.Ordinal);
        foreach (VectorColumn column in columns)
        {
            if (column.Model is string model)
            {
                space[$"model of {column.Name}"] = model;
            }
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

    private static void RequireText(DataPropertyModel property, IEmbeddingGenerator<string, SparseEmbedding>? generator)
    {
        if (property.Type != typeof(string))
        {
            throw new NotSupportedException($"Found the full-text property '{property.ModelName}' of type {property.Type.Name}, expected string.");
        }

        if (generator is null)
        {
            throw new InvalidOperationException(
                $"Property '{property.ModelName}' is full-text indexed, and nothing makes sparse vectors of its texts. "
                + $"Set {nameof(SpladeCollectionOptions.SparseEmbeddingGenerator)} in the options, "
                + "or register a SPLADE generator, or take IsFullTextIndexed off.");
        }
    }
}
