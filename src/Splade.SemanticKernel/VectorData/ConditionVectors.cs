using System.Linq.Expressions;

namespace Splade.SemanticKernel.VectorData;

/// <summary>Finds the vectors that a condition looks at, so that they are read for it. A method that is given the whole record may look at all.</summary>
/// <param name="record">The parameter that is the record.</param>
/// <param name="schema">The properties of the records.</param>
internal sealed class ConditionVectors(ParameterExpression record, CollectionSchema schema) : ExpressionVisitor
{
    private readonly HashSet<VectorColumn> _columns = [];

    /// <exception cref="NotSupportedException">It looks at a value of which a generator made a vector: it is not kept.</exception>
    public static IReadOnlyCollection<VectorColumn> Of(Expression condition, ParameterExpression record, CollectionSchema schema)
    {
        var vectors = new ConditionVectors(record, schema);
        vectors.Visit(condition);
        return vectors._columns;
    }

    /// <summary>The name of the property of a record that an expression is; null if it is none.</summary>
    public static string? PropertyOf(Expression expression, ParameterExpression record) => expression switch
    {
        MemberExpression member when member.Expression == record => member.Member.Name,
        MethodCallExpression { Method.Name: "get_Item", Arguments: [ConstantExpression { Value: string name }] } call when call.Object == record => name,
        _ => null,
    };

    public override Expression? Visit(Expression? node)
    {
        if (node is null || PropertyOf(node, record) is not string name)
        {
            return base.Visit(node);
        }

        if (schema.Columns.FirstOrDefault(column => column.Vector?.ModelName == name) is VectorColumn vector)
        {
            _columns.Add(!vector.IsGenerated ? vector : throw new NotSupportedException(
                $"The filter asks for the value of property '{name}', of which a generator makes a vector: the value itself is not kept. "
                + "Keep it in a data property too, and ask for that one."));
        }

        return node;
    }

    protected override Expression VisitParameter(ParameterExpression node)
    {
        if (node == record)
        {
            _columns.UnionWith(schema.Columns.Where(column => column.Vector is not null && !column.IsGenerated));
        }

        return node;
    }
}
