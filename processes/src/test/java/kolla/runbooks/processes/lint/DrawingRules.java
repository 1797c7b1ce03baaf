package kolla.runbooks.processes.lint;

import static java.util.stream.Collectors.toSet;

import java.awt.geom.Rectangle2D;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.camunda.bpm.model.bpmn.instance.BoundaryEvent;
import org.camunda.bpm.model.bpmn.instance.EndEvent;
import org.camunda.bpm.model.bpmn.instance.FlowNode;
import org.camunda.bpm.model.bpmn.instance.Process;
import org.camunda.bpm.model.bpmn.instance.SequenceFlow;
import org.camunda.bpm.model.bpmn.instance.SubProcess;
import org.camunda.bpm.model.bpmn.instance.bpmndi.BpmnEdge;
import org.camunda.bpm.model.bpmn.instance.bpmndi.BpmnLabel;
import org.camunda.bpm.model.bpmn.instance.bpmndi.BpmnShape;
import org.camunda.bpm.model.bpmn.instance.dc.Bounds;
import org.camunda.bpm.model.xml.instance.ModelElementInstance;

/** Whether a diagram can be read on one screen. */
final class DrawingRules {

    private static final int MOST_NODES = 16;
    private static final int WIDEST = 1500;
    private static final int TALLEST = 600;

    private DrawingRules() {}

    static final List<Rule> ALL =
            List.of(
                    new Rule(
                            "drawn",
                            "what has no shape is not shown in Cockpit and cannot be retried there",
                            DrawingRules::drawn),
                    new Rule(
                            "nothing-overlaps",
                            "two things in one place can both not be read",
                            DrawingRules::overlaps),
                    new Rule(
                            "one-screen",
                            "an operator sees where a run is without scrolling",
                            DrawingRules::screen),
                    new Rule(
                            "about-a-dozen-nodes",
                            "a level with more than "
                                    + MOST_NODES
                                    + " nodes (ends and attached events not counted) is read by"
                                    + " nobody; make a part of it a call activity",
                            DrawingRules::size));

    private static Stream<String> drawn(Diagram diagram) {
        Set<String> shapes =
                diagram.all(BpmnShape.class).map(DrawingRules::drawnFor).collect(toSet());
        Set<String> edges =
                diagram.all(BpmnEdge.class).map(DrawingRules::drawnFor).collect(toSet());
        return Stream.concat(
                        diagram.nodes().map(FlowNode::getId).filter(id -> !shapes.contains(id)),
                        diagram.all(SequenceFlow.class)
                                .map(SequenceFlow::getId)
                                .filter(id -> !edges.contains(id)))
                .map(id -> id + " is not drawn");
    }

    /** A shape or a label; only a frame, which is an open sub-process, may hold others. */
    private record Place(String what, boolean frame, Rectangle2D where) {

        boolean collidesWith(Place other) {
            return where.intersects(other.where)
                    && !(frame && where.contains(other.where))
                    && !(other.frame && other.where.contains(where));
        }
    }

    private static Stream<String> overlaps(Diagram diagram) {
        List<Place> places = places(diagram).toList();
        return IntStream.range(0, places.size())
                .boxed()
                .flatMap(
                        i ->
                                places.subList(i + 1, places.size()).stream()
                                        .filter(places.get(i)::collidesWith)
                                        .map(p -> places.get(i).what() + " overlaps " + p.what()));
    }

    /** Shapes without those attached to another, and the labels of shapes and edges. */
    private static Stream<Place> places(Diagram diagram) {
        Stream<Place> shapes =
                diagram.all(BpmnShape.class)
                        .filter(shape -> !(shape.getBpmnElement() instanceof BoundaryEvent))
                        .map(
                                shape ->
                                        new Place(
                                                drawnFor(shape),
                                                shape.getBpmnElement() instanceof SubProcess,
                                                rectangle(shape.getBounds())));
        Stream<Place> labels =
                diagram.all(BpmnLabel.class)
                        .filter(label -> label.getBounds() != null)
                        .map(
                                label ->
                                        new Place(
                                                "the label of "
                                                        + drawnFor(label.getParentElement()),
                                                false,
                                                rectangle(label.getBounds())));
        return Stream.concat(shapes, labels);
    }

    private static String drawnFor(ModelElementInstance shape) {
        return shape.getDomElement().getAttribute("bpmnElement");
    }

    private static Stream<String> screen(Diagram diagram) {
        Rectangle2D all =
                places(diagram)
                        .map(Place::where)
                        .reduce(Rectangle2D::createUnion)
                        .orElseGet(Rectangle2D.Double::new);
        return all.getWidth() > WIDEST || all.getHeight() > TALLEST
                ? Stream.of(
                        "it is %.0f wide and %.0f high, more than %d by %d"
                                .formatted(all.getWidth(), all.getHeight(), WIDEST, TALLEST))
                : Stream.empty();
    }

    private static Stream<String> size(Diagram diagram) {
        return Stream.concat(
                        diagram.processes().map(Process::getFlowElements),
                        diagram.all(SubProcess.class).map(SubProcess::getFlowElements))
                .map(Collection::stream)
                .map(
                        level ->
                                level.filter(FlowNode.class::isInstance)
                                        .filter(node -> !(node instanceof EndEvent))
                                        .filter(node -> !(node instanceof BoundaryEvent))
                                        .count())
                .filter(nodes -> nodes > MOST_NODES)
                .map(nodes -> nodes + " nodes on one level");
    }

    private static Rectangle2D rectangle(Bounds bounds) {
        return new Rectangle2D.Double(
                bounds.getX(), bounds.getY(), bounds.getWidth(), bounds.getHeight());
    }
}
